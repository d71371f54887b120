import type { Answer } from '../domain/answer.ts';
import type { Ask, Intent } from '../domain/intent.ts';
import { isEarlier } from '../domain/is-earlier.ts';
import { findRollbackTarget } from '../domain/roll-back.ts';
import { isBegun, type Order, type Run } from '../domain/run.ts';
import { type Steer, steerSchema } from '../domain/steer.ts';
import { toSubjectKey } from '../domain/subject.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { CodeHost } from '../ports/code-host.ts';
import type { Effects } from '../ports/effects.ts';
import type { Engine } from '../ports/engine.ts';
import type { Runs } from '../ports/runs.ts';
import type { Workspace } from '../ports/workspace.ts';
import { findOpenRuns, findUnreadableRuns } from './find-open-runs.ts';
import { findTeam } from './find-team.ts';
import { isLeftover } from './is-leftover.ts';
import type { SteeringMessage } from './steering-message.ts';
import { tryToFindRun } from './try-to-find-run.ts';

/** What steering needs of the rest. */
export interface Steering {
  readonly engine: Engine;
  readonly runs: Runs;
  readonly effects: Effects;
  readonly workspace: Pick<Workspace, 'remoteHead' | 'readTrailers'>;
  readonly codeHost: CodeHost;
}

/** What does not wait until the step under way is done. */
const INTERRUPTING: ReadonlySet<Steer['kind']> = new Set(['cancel', 'merged', 'pause', 'rollback']);

/** What is meant for the runs that wait behind another as well. */
const FOR_ALL: ReadonlySet<Steer['kind']> = new Set(['cancel', 'edited']);

type SteeringAsk = Extract<Ask, { kind: Steer['kind'] }>;

const STEER_KINDS: ReadonlySet<string> = new Set(steerSchema.options.map(({ shape }) => shape.kind.value));

/** Whether it is asked of a run that exists. */
export function isSteering(ask: Ask): ask is SteeringAsk {
  return STEER_KINDS.has(ask.kind);
}

/** Leaves the request in the mailbox of the runs it is about; null when a run will answer it. */
export async function steerRuns(intent: Intent, ask: SteeringAsk, world: Steering): Promise<Answer | null> {
  const ids = await chooseRuns(intent, ask, world);
  let reached = 0;
  for (const id of ids) {
    const sent = await steerRun(id, ask, { intent, world });
    if (typeof sent !== 'string') {
      return sent;
    }
    reached += sent === 'left' ? 1 : 0;
  }
  return reached > 0 ? null : await nothingToSteer(intent, world);
}

async function nothingToSteer(intent: Intent, { runs }: Steering): Promise<Answer> {
  if (intent.source.kind === 'withdrawal') {
    // Closing an issue is no question, so it gets no answer.
    return { kind: 'accepted' };
  }
  const unreadable = await findUnreadableRuns(intent, runs);
  return unreadable.length > 0
    ? { kind: 'unreadable', ids: unreadable.map(({ id }) => id) }
    : { kind: 'nothing-to-steer', last: await runs.latest(toSubjectKey(intent.subject)) };
}

/**
 * The ids of the runs that are meant, the oldest first. Chosen once: when the intent is handled again after a crash,
 * those may have ended, and it must not reach runs that came later.
 */
async function chooseRuns(intent: Intent, ask: SteeringAsk, world: Steering): Promise<readonly string[]> {
  return await world.effects.ensure<readonly string[]>({
    key: `${intent.key}/steered-runs`,
    kind: 'steer',
    runId: null,
    lookUp: async () => null,
    async send() {
      const open = await findOpenRuns(intent, world.runs);
      const meant = open.filter((run) => isMeant(run, intent)).map((run) => run.order.id);
      const unreadable =
        toUnprepared(intent, ask) === null ? [] : await findUnreadableRuns(intent, world.runs);
      const ids = unreadable.filter((run) => isAsked(run, intent)).map(({ id }) => id);
      return FOR_ALL.has(ask.kind) ? [...meant, ...ids] : meant.slice(0, 1);
    },
  });
}

interface Sending {
  readonly intent: Intent;
  readonly world: Steering;
}

/** Leaves the message with the run, or says why it is not there: the run will not read it, or what is asked cannot be done. */
async function steerRun(
  id: string,
  ask: SteeringAsk,
  { intent, world }: Sending,
): Promise<'left' | 'unheard' | Answer> {
  const key = `${intent.key}/${id}`;
  const run = await tryToFindRun(id, world.runs);
  const steer = await prepareSteer(run, ask, { intent, world });
  if (steer === null) {
    // It may have been sent before, when the run could be read; whoever asked is told that nothing was done.
    await world.engine.takeBack(id, key);
    return 'unheard';
  }
  if ('refusal' in steer) {
    return steer.refusal;
  }
  await world.engine.send(id, toMessage(intent, steer), key);
  if (await isTooLate(id, key, world)) {
    return 'unheard';
  }
  if (INTERRUPTING.has(steer.kind)) {
    await world.engine.abort(id);
  }
  return 'left';
}

/**
 * What can be asked of a run of which nothing is known, because it depends on nothing: a person wants no more of it. It
 * goes on by its record, which is not the row that cannot be read, and holds its place in the queue of its subject until
 * it ends. Null for all else.
 */
function toUnprepared({ source }: Intent, ask: SteeringAsk): Steer | null {
  return ask.kind === 'cancel' && source.kind !== 'withdrawal' ? ask : null;
}

/** What is left for the run, or why nothing is; null when nothing can be said to it without knowing it. */
async function prepareSteer(
  run: Run | 'unreadable' | null,
  ask: SteeringAsk,
  { intent, world }: Sending,
): Promise<Steer | { readonly refusal: Answer } | null> {
  if (run === null || run === 'unreadable') {
    return run === null ? null : toUnprepared(intent, ask);
  }
  const why = objection(run, ask);
  if (why !== null) {
    return { refusal: { kind: 'ignored', why } };
  }
  const found = await tryToFindTeam(run, ask, { intent, world });
  if ('refusal' in found) {
    return found;
  }
  const merged = ask.kind === 'cancel' && (await isMerged(run, intent, world));
  return merged ? { kind: 'merged' } : { ...(await toSteer(run, ask, { intent, world })), ...found };
}

/**
 * Whether the run has ended without reading the message. A run is saved as ended before it reads its mailbox for the
 * last time, and here the message is sent before the run is looked at: so either it is still read, or its end is seen.
 * Which of the two answers is decided by who gets the message.
 */
async function isTooLate(id: string, key: string, { runs, engine }: Steering): Promise<boolean> {
  return (await runs.hasEnded(id)) && (await engine.takeBack(id, key));
}

/** The team by which an approval counts, if it does so by one. Fails closed, with an answer that says what is not known. */
async function tryToFindTeam(
  run: Run,
  ask: SteeringAsk,
  { intent, world }: { intent: Intent; world: Steering },
): Promise<{ readonly team?: string } | { readonly refusal: Answer }> {
  try {
    const team = ask.kind === 'approve' ? await findTeam(run, intent.actor, world.codeHost) : null;
    return team === null ? {} : { team };
  } catch (error) {
    return { refusal: { kind: 'unsure', why: error instanceof Error ? error.message : String(error) } };
  }
}

/** Why it cannot be done, when that is known before the run is disturbed: what is refused must not cost anybody's work. */
function objection(run: Run, ask: SteeringAsk): string | null {
  if (ask.kind !== 'rollback' || !isBegun(run)) {
    return null;
  }
  const target = findRollbackTarget(run, ask.step);
  return target.kind === 'none' ? target.why : null;
}

/**
 * Webhooks can arrive hours late and in any order, so what was done before a run was asked for is not about that run.
 * Both times are GitHub's.
 */
function isAsked({ requestedAt }: Pick<Order, 'requestedAt'>, { at }: Pick<Intent, 'at'>): boolean {
  return !isEarlier(at, requestedAt);
}

function isMeant({ order }: Run, { source, at }: Intent): boolean {
  return isAsked(order, { at }) && (source.kind !== 'withdrawal' || isWithdrawn(order, source));
}

/** A branch stands behind the run that works on it, a head behind the runs that judge it. */
function isWithdrawn(
  { branch, change }: Order,
  source: Extract<Intent['source'], { kind: 'withdrawal' }>,
): boolean {
  if (source.branch !== undefined) {
    return change === undefined && source.branch === branch;
  }
  return source.head === undefined || (change !== undefined && change.headSha !== source.head);
}

function toMessage(intent: Intent, steer: Steer): SteeringMessage {
  const { source } = intent;
  return {
    by: intent.actor,
    steer,
    intentKey: intent.key,
    ...(intent.held === undefined ? {} : { permission: intent.held }),
    ...(source.kind === 'withdrawal' ? { unasked: true as const } : {}),
    ...(source.kind === 'comment' ? { commentId: source.commentId } : {}),
    ...(source.kind === 'comment' && source.page !== undefined ? { page: source.page } : {}),
  };
}

async function toSteer(
  run: Run,
  ask: SteeringAsk,
  { intent, world }: { intent: Intent; world: Steering },
): Promise<Steer> {
  if (ask.kind === 'approve') {
    const { digest } = ask;
    const head = await readHead(run, world);
    return { kind: 'approve', givenAt: intent.at, head, ...(digest === null ? {} : { digest }) };
  }
  if (ask.kind === 'choose') {
    return { ...ask, head: await readHead(run, world), ...toGivenAt(intent) };
  }
  if (ask.kind === 'moved') {
    // Pushes can be told in any order; what is there now counts.
    return { kind: 'moved', head: (await readHead(run, world)) ?? ask.head };
  }
  if (ask.kind === 'edited') {
    return { kind: 'edited', givenAt: intent.at, differs: !saysTheSame(run.order.ticket, intent.ticket) };
  }
  if (ask.kind === 'retry') {
    return { ...ask, ...toGivenAt(intent), ...(await toPushed(run, world)) };
  }
  return ask.kind === 'reject' ? { ...ask, ...toGivenAt(intent) } : ask;
}

/** A merge closes the issue that it was for, and GitHub may tell of that first. */
async function isMerged(run: Run, { source }: Intent, { codeHost }: Steering): Promise<boolean> {
  const { subject, branch, change } = run.order;
  const isClosing = source.kind === 'withdrawal' && source.what === 'issue-closed';
  return isClosing && isBegun(run) && change === undefined
    ? await codeHost.isMerged(subject.repository, branch)
    : false;
}

/** Labels are no words of its author's. */
function saysTheSame(one: Ticket, other: Ticket): boolean {
  return one.title === other.title && one.body === other.body;
}

/** What people have pushed to the run's branch. What an attempt of the run has left there is not theirs. */
async function toPushed(run: Run, world: Steering): Promise<{ head?: string | null }> {
  const head = await readHead(run, world);
  const isOwn =
    run.state === 'held' &&
    head !== null &&
    head !== run.head &&
    (await isLeftover(run, head, world.workspace));
  return isOwn ? {} : { head };
}

/** Where the run's branch points now; null while there is none. What is judged is one commit, and that stays. */
async function readHead(run: Run, { workspace }: Steering): Promise<string | null> {
  const { subject, branch, change } = run.order;
  if (change !== undefined) {
    return change.headSha;
  }
  return isBegun(run) ? await workspace.remoteHead(subject.repository, branch) : null;
}

function toGivenAt({ source, at }: Intent): { givenAt?: string } {
  return source.kind === 'button' ? {} : { givenAt: at };
}
