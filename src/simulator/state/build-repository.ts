import { join } from 'node:path';
import { type ImportedFile, readDirectoryFiles } from '../git/import-files.ts';
import { initGitStore } from '../git/init-git-store.ts';
import { readRefs } from '../git/refs.ts';
import { writeInitialCommit } from '../git/write-initial-commit.ts';
import type { CheckedSeed } from '../seed.ts';
import type { Account } from './account.ts';
import type { Label } from './label.ts';
import { toNodeId } from './node-id.ts';
import type { Repository } from './repository.ts';
import { timestamp } from './timestamp.ts';

type RepositorySeed = CheckedSeed['repositories'][number];
type NewLabel = {
  readonly name: string;
  readonly color?: string | undefined;
  readonly description?: string | undefined;
};
type Place = { readonly owner: Account; readonly directory: string; readonly nextId: () => number };

// The labels GitHub gives every new repository.
const DEFAULT_LABELS = [
  { name: 'bug', color: 'd73a4a', description: "Something isn't working" },
  { name: 'documentation', color: '0075ca', description: 'Improvements or additions to documentation' },
  { name: 'duplicate', color: 'cfd3d7', description: 'This issue or pull request already exists' },
  { name: 'enhancement', color: 'a2eeef', description: 'New feature or request' },
  { name: 'good first issue', color: '7057ff', description: 'Good for newcomers' },
  { name: 'help wanted', color: '008672', description: 'Extra attention is needed' },
  { name: 'invalid', color: 'e4e669', description: "This doesn't seem right" },
  { name: 'question', color: 'd876e3', description: 'Further information is requested' },
  { name: 'wontfix', color: 'ffffff', description: 'This will not be worked on' },
];

/** Makes the bare repository of a seed, with its first commit, and the state beside it. */
export async function buildRepository(seed: RepositorySeed, place: Place): Promise<Repository> {
  const fullName = `${place.owner.login}/${seed.name}`;
  const git = await initGitStore(join(place.directory, `${fullName}.git`), seed.defaultBranch);
  const files = await collectFiles(seed);
  if (files.length > 0) {
    const author = { name: place.owner.name, email: place.owner.email, date: timestamp() };
    await writeInitialCommit(git, { branch: seed.defaultBranch, files, message: 'Initial commit', author });
  }
  const id = place.nextId();
  const now = timestamp();
  return {
    id,
    nodeId: toNodeId('R', id),
    owner: place.owner,
    name: seed.name,
    fullName,
    private: seed.private,
    git,
    createdAt: now,
    roles: new Map(Object.entries(seed.roles).map(([login, role]) => [login.toLowerCase(), role])),
    labels: toLabels(seed, place.nextId),
    issues: new Map(),
    comments: new Map(),
    issueEvents: [],
    reviews: new Map(),
    reviewComments: new Map(),
    checkSuites: new Map(),
    checkRuns: new Map(),
    statuses: [],
    protection: new Map(),
    announcedRefs: await readRefs(git),
    description: seed.description ?? null,
    defaultBranch: seed.defaultBranch,
    allowAutoMerge: seed.allowAutoMerge,
    archived: false,
    pushedAt: now,
    updatedAt: now,
  };
}

async function collectFiles(seed: RepositorySeed): Promise<ImportedFile[]> {
  const imported = seed.directory === undefined ? [] : await readDirectoryFiles(seed.directory);
  const inline = Object.entries(seed.files ?? {}).map(([path, content]) => ({
    path,
    mode: '100644',
    content,
  }));
  const laidOver = new Set(inline.map((file) => file.path));
  return [...imported.filter((file) => !laidOver.has(file.path)), ...inline];
}

function toLabels(seed: RepositorySeed, nextId: () => number): Map<string, Label> {
  const labels = new Map<string, Label>();
  const wanted: readonly NewLabel[] = [...DEFAULT_LABELS, ...seed.labels];
  for (const one of wanted) {
    const id = nextId();
    labels.set(one.name.toLowerCase(), {
      id,
      nodeId: toNodeId('LA', id),
      name: one.name,
      color: one.color ?? 'ededed',
      description: one.description ?? null,
    });
  }
  return labels;
}
