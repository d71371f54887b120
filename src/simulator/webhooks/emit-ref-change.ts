import { readCommits } from '../git/commit.ts';
import { listCommitShas } from '../git/commit-range.ts';
import type { RefChange } from '../git/ref-change.ts';
import { isAncestor, ZERO_SHA } from '../git/refs.ts';
import type { Act } from '../operations/act.ts';
import type { Webhooks } from '../serializers/schemas.ts';
import { emit, isListening } from './emit.ts';
import { toEnvelope } from './to-envelope.ts';
import { toPushCommits } from './to-push-commits.ts';

// GitHub lists no more commits in one payload.
const MOST_COMMITS = 2048;

/** Tells the App that a branch or tag was created, deleted or pushed to. */
export async function emitRefChange(act: Act, change: RefChange): Promise<void> {
  const { world, repository } = act;
  if (change.before === ZERO_SHA && isListening(world, 'create', repository)) {
    const payload: Webhooks['webhook-create'] = {
      ...toRefPayload(act, change),
      master_branch: repository.defaultBranch,
      description: repository.description,
    };
    emit(world, { event: 'create', repository, payload });
  }
  if (change.after === ZERO_SHA && isListening(world, 'delete', repository)) {
    const payload: Webhooks['webhook-delete'] = toRefPayload(act, change);
    emit(world, { event: 'delete', repository, payload });
  }
  if (isListening(world, 'push', repository)) {
    emit(world, { event: 'push', repository, payload: await toPushPayload(act, change) });
  }
}

function toRefPayload(act: Act, change: RefChange) {
  return {
    ref: change.ref.replace(/^refs\/(heads|tags)\//, ''),
    ref_type: change.ref.startsWith('refs/tags/') ? ('tag' as const) : ('branch' as const),
    pusher_type: 'user',
    ...toEnvelope(act.world, act.repository, act.actor.account),
  };
}

async function toPushPayload(act: Act, change: RefChange): Promise<Webhooks['webhook-push']> {
  const { world, repository, actor } = act;
  const { before, after } = change;
  const created = before === ZERO_SHA;
  const deleted = after === ZERO_SHA;
  const shas = deleted ? [] : await listNewCommits(act, change);
  const commits = await toPushCommits(act, await readCommits(repository.git, shas));
  const forced = !created && !deleted && !(await isAncestor(repository.git, before, after));
  const range = created ? after.slice(0, 12) : `${before.slice(0, 12)}...${after.slice(0, 12)}`;
  return {
    ref: change.ref,
    before,
    after,
    created,
    deleted,
    forced,
    base_ref: null,
    compare: `${world.url}/${repository.fullName}/compare/${range}`,
    commits,
    head_commit: deleted ? null : await findHeadCommit(act, commits, after),
    pusher: { name: actor.account.login, email: actor.account.email },
    ...toEnvelope(world, repository, actor.account),
  };
}

async function findHeadCommit(act: Act, listed: Awaited<ReturnType<typeof toPushCommits>>, sha: string) {
  const head = listed.find((commit) => commit.id === sha);
  return head ?? (await toPushCommits(act, await readCommits(act.repository.git, [sha])))[0] ?? null;
}

function listNewCommits(act: Act, change: RefChange): Promise<string[]> {
  const { git, defaultBranch, announcedRefs } = act.repository;
  const fromDefault = announcedRefs.get(`refs/heads/${defaultBranch}`);
  const known = change.before === ZERO_SHA ? fromDefault : change.before;
  const exclude = known === undefined || known === change.after ? [] : [known];
  return change.before === ZERO_SHA && known === change.after
    ? Promise.resolve([])
    : listCommitShas(git, change.after, { exclude, limit: MOST_COMMITS, order: 'oldest-first' });
}
