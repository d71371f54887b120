import type { Stage } from '../support/stage.ts';
import { followTicket, type Place, type Ticket } from './ticket.ts';

export interface Proposing {
  /** Who pushes the commits, and opens the pull request. */
  readonly by: string;
  /** From a fork of their own. */
  readonly fork?: boolean;
  readonly draft?: boolean;
  /** The branch of its head; there already when no file is named. */
  readonly branch?: string;
  readonly files?: Readonly<Record<string, string>>;
}

/** A pull request of a person, and what they push to it. */
export interface Proposal extends Ticket {
  /** The commit it was opened with. */
  readonly sha: string;
  /** Adds a commit to its head, and gives its id. */
  push(login: string, path: string, content?: string): Promise<string>;
}

const FILES = { 'src/sum.ts': 'export const sum = 2;\n' };

/** Pushes a branch, and opens a pull request of it into the default branch. */
export async function propose(
  stage: Stage,
  place: Place,
  { by, fork = false, draft = false, branch = 'add-up', files = FILES }: Proposing,
): Promise<Proposal> {
  const { rest } = stage.as(by);
  const home = fork ? await forkFor(stage, place, by) : place;
  if (Object.keys(files).length > 0) {
    const { data: main } = await rest.git.getRef({ ...home, ref: 'heads/main' });
    await rest.git.createRef({ ...home, ref: `refs/heads/${branch}`, sha: main.object.sha });
  }
  async function push(login: string, path: string, content = `// ${path}\n`): Promise<string> {
    const { data } = await stage.as(login).rest.repos.createOrUpdateFileContents({
      ...home,
      branch,
      path,
      message: `Write ${path}`,
      content: Buffer.from(content).toString('base64'),
    });
    return data.commit.sha ?? '';
  }
  for (const [path, content] of Object.entries(files)) {
    await push(by, path, content);
  }
  const head = fork ? `${by}:${branch}` : branch;
  const { data: pull } = await rest.pulls.create({
    ...place,
    title: 'Add up',
    body: 'It adds up.',
    head,
    base: 'main',
    draft,
  });
  return { ...followTicket(stage, place, pull.number), sha: pull.head.sha, push };
}

async function forkFor(stage: Stage, place: Place, login: string): Promise<Place> {
  const { data } = await stage.as(login).rest.repos.createFork({ ...place, name: `sums-of-${place.owner}` });
  return { owner: login, repo: data.name };
}
