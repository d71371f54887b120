import { readMovableRefs } from '../git/refs.ts';
import type { Account } from './account.ts';
import type { Label } from './label.ts';
import { toNodeId } from './node-id.ts';
import type { Repository } from './repository.ts';
import { timestamp } from './timestamp.ts';

type NewLabel = {
  readonly name: string;
  readonly color?: string | undefined;
  readonly description?: string | undefined;
};

export type NewRepository = Pick<
  Repository,
  | 'owner'
  | 'name'
  | 'private'
  | 'parent'
  | 'git'
  | 'description'
  | 'defaultBranch'
  | 'allowAutoMerge'
  | 'roles'
> & { readonly labels: readonly NewLabel[] };

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

/** What GitHub keeps beside git, for a bare repository that has its first refs. */
export async function newRepository(wanted: NewRepository, nextId: () => number): Promise<Repository> {
  const id = nextId();
  const now = timestamp();
  return {
    ...wanted,
    id,
    nodeId: toNodeId('R', id),
    fullName: toFullName(wanted.owner, wanted.name),
    createdAt: now,
    labels: toLabels(wanted.labels, nextId),
    issues: new Map(),
    comments: new Map(),
    issueEvents: [],
    reviews: new Map(),
    reviewComments: new Map(),
    checkSuites: new Map(),
    checkRuns: new Map(),
    statuses: [],
    protection: new Map(),
    announcedRefs: await readMovableRefs(wanted.git),
    archived: false,
    pushedAt: now,
    updatedAt: now,
  };
}

/** `owner/name`. */
export function toFullName(owner: Account, name: string): string {
  return `${owner.login}/${name}`;
}

function toLabels(own: readonly NewLabel[], nextId: () => number): Map<string, Label> {
  const labels = new Map<string, Label>();
  const wanted: readonly NewLabel[] = [...DEFAULT_LABELS, ...own];
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
