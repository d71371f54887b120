import type { Answer } from '../domain/answer.ts';
import type { Ask, Intent } from '../domain/intent.ts';
import { isEarlier } from '../domain/is-earlier.ts';
import { findRollbackTarget } from '../domain/roll-back.ts';
import { isBegun, type Order, type Run } from '../domain/run.ts';
import { type Steer, steerSchema } from '../domain/steer.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { CodeHost } from '../ports/code-host.ts';
import type { Effects } from '../ports/effects.ts';
import type { Engine } from '../ports/engine.ts';
import type { Runs } from '../ports/runs.ts';
import type { Workspace } from '../ports/workspace.ts';
import { findOpenRuns } from './find-open-runs.ts';
import { findTeam } from './find-team.ts';
import type { SteeringMessage } from './steering-message.ts';

/** What steering needs of the rest. */
export interface Steering {
  readonly engine: Engine;
  readonly runs: Runs;
  readonly effects: Effects;
  readonly workspace: Pick<Workspace, 'remoteHead'>;
  readonly codeHost: CodeHost;
}

/** What does not wait until the step under way is done. */
const INTERRUPTING: ReadonlySet<Steer['kind']> = new Set(['cancel', 'pause', 'rollback']);

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
  if (ids.length === 0) {
    // Closing an issue is no question, so it gets no answer.
    return intent.source.kind === 'withdrawal' ? { kind: 'accepted' } : { kind: 'nothing-to-steer' };
  }
  for (const id of ids) {
    const run = await world.runs.find(id);
    const why = run === null ? null : objection(run, ask);
    if (why !== null) {
      return { kind: 'ignored', why };
    }
    if (run !== null) {
      const refusal = await steerRun(run, ask, { intent, world });
      if (refusal !== null) {
        return refusal;
      }
    }
  }
  return null;
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
      return FOR_ALL.has(ask.kind) ? meant : meant.slice(0, 1);
    },
  });
}

async function steerRun(
  run: Run,
  ask: SteeringAsk,
  { intent, world }: { intent: Intent; world: Steering },
): Promise<Answer | null> {
  const { id } = run.order;
  const found = await tryToFindTeam(run, ask, { intent, world });
  if ('refusal' in found) {
    return found.refusal;
  }
  const steer = { ...(await toSteer(run, ask, { intent, world })), ...found };
  await world.engine.send(id, toMessage(intent, steer), `${intent.key}/${id}`);
  if (INTERRUPTING.has(steer.kind)) {
    await world.engine.abort(id);
  }
  return null;
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
function isMeant({ order }: Run, { source, at }: Intent): boolean {
  return !isEarlier(at, order.requestedAt) && (source.kind !== 'withdrawal' || isWithdrawn(order, source));
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
  return ask.kind === 'reject' || ask.kind === 'retry' ? { ...ask, ...toGivenAt(intent) } : ask;
}

/** Labels are no words of its author's. */
function saysTheSame(one: Ticket, other: Ticket): boolean {
  return one.title === other.title && one.body === other.body;
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
