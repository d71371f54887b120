import { readFile } from 'node:fs/promises';
import { Octokit } from '@octokit/rest';
import type { Simulator } from '../simulator/simulator.ts';
import { ISSUE_FILE, MAINTAINER, OWNER, REPOSITORY } from './demo-seed.ts';

const REPO = { owner: OWNER, repo: REPOSITORY };

/** What became of the run, as anybody can read it on GitHub. */
export interface SeenOnGithub {
  readonly pullRequest: { readonly number: number; readonly url: string; readonly headSha: string } | null;
  readonly checks: readonly { readonly name: string; readonly conclusion: string | null }[];
}

/** The person of the demo: all they do goes over the API, as from a browser. */
export interface DemoUser {
  openIssue(): Promise<{ readonly number: number; readonly url: string; readonly title: string }>;
  label(issue: number, name: string): Promise<void>;
  comment(issue: number, body: string): Promise<void>;
  look(): Promise<SeenOnGithub>;
}

export function createDemoUser(simulator: Simulator): DemoUser {
  const { rest } = new Octokit({ auth: simulator.tokenOf(MAINTAINER), baseUrl: simulator.url });
  return {
    async openIssue() {
      const { data } = await rest.issues.create({ ...REPO, ...(await readIssue()) });
      return { number: data.number, url: data.html_url, title: data.title };
    },
    async label(issue, name) {
      await rest.issues.addLabels({ ...REPO, issue_number: issue, labels: [name] });
    },
    async comment(issue, body) {
      await rest.issues.createComment({ ...REPO, issue_number: issue, body });
    },
    async look() {
      const { data: pulls } = await rest.pulls.list({ ...REPO, state: 'all' });
      const pull = pulls[0];
      if (pull === undefined) {
        return { pullRequest: null, checks: [] };
      }
      const { data } = await rest.checks.listForRef({ ...REPO, ref: pull.head.sha, per_page: 100 });
      return {
        pullRequest: { number: pull.number, url: pull.html_url, headSha: pull.head.sha },
        checks: data.check_runs.map(({ name, conclusion }) => ({ name, conclusion })),
      };
    },
  };
}

/** The issue's file: `title:` between two lines of dashes, then the body. */
async function readIssue(): Promise<{ title: string; body: string }> {
  const text = await readFile(ISSUE_FILE, 'utf8');
  const [, title, body] = /^---\ntitle: (.+)\n---\n+([\s\S]+)$/.exec(text) ?? [];
  if (title === undefined || body === undefined) {
    throw new Error(`${ISSUE_FILE} does not begin with its title between two lines of dashes.`);
  }
  return { title, body };
}
