import type { Intent } from '../domain/intent.ts';
import type { Order, QueuedRun, Run } from '../domain/run.ts';
import { toSubjectKey } from '../domain/subject.ts';
import type { SurfaceInput } from '../domain/surface.ts';
import { toSlug } from '../domain/to-slug.ts';
import type { CodeHost } from '../ports/code-host.ts';
import type { Digest } from '../ports/digest.ts';
import type { Engine } from '../ports/engine.ts';
import type { Log } from '../ports/log.ts';
import type { Runs } from '../ports/runs.ts';
import { ensureSurfaces } from './ensure-surfaces.ts';

/** What starting a run needs of the rest. */
export interface Starting {
  readonly engine: Engine;
  readonly runs: Runs;
  readonly codeHost: CodeHost;
  readonly log: Log;
  readonly digest: Digest;
  readonly sandbox: Order['sandbox'];
  readonly present: (run: Run) => readonly SurfaceInput[];
}

/**
 * Makes the run that an intent asks for and hands it to the engine. Its id is made of the intent's meaning, so the same
 * request under another delivery is the same run. It is saved last: a run that can be found can be sent messages. One
 * that has to wait for another is shown before that; any other shows itself as soon as it has begun.
 */
export async function startRun(intent: Intent, workflow: string | null, world: Starting): Promise<Order> {
  const order = toOrder(intent, workflow, world);
  if (!(await world.runs.exists(order.id))) {
    const queued: QueuedRun = { state: 'queued', order };
    const partition = toSubjectKey(order.subject);
    const others = await countOpen(partition, world);
    if (others > 0) {
      await show(queued, world);
    }
    await world.engine.start({ workflow: 'run', id: order.id, partition, input: order });
    // Never overwrites what the run has saved of itself meanwhile.
    await world.runs.save(queued);
    if (others === 0) {
      await showIfWaiting(order, world);
    }
  }
  return order;
}

/** Two that start at the same moment see each other only when both are saved. */
async function showIfWaiting({ id, subject }: Order, world: Starting): Promise<void> {
  const key = toSubjectKey(subject);
  const run = (await world.runs.open(key)).find(({ order }) => order.id === id);
  if (run?.state !== 'queued' || (await countOpen(key, world)) < 2) {
    return;
  }
  await show(run, world);
  // It may have begun meanwhile, and shown that before this.
  const now = await world.runs.find(id);
  if (now !== null && now.state !== 'queued') {
    await show(now, world);
  }
}

/** A run waits also for those that cannot be read here. */
async function countOpen(subjectKey: string, { runs }: Starting): Promise<number> {
  return (await runs.open(subjectKey)).length + (await runs.unreadable(subjectKey)).length;
}

async function show(run: Run, world: Starting): Promise<void> {
  const { id, subject } = run.order;
  await ensureSurfaces({ subject, owner: id, surfaces: world.present(run) }, world);
}

function toOrder(intent: Intent, workflow: string | null, { digest, sandbox }: Starting): Order {
  const hash = digest(toMeaning(intent));
  return {
    id: toRunId(intent, digest),
    subject: intent.subject,
    ticket: intent.ticket,
    requestedBy: intent.actor,
    ...(intent.member === undefined ? {} : { member: intent.member }),
    trigger: toTrigger(intent),
    requestedAt: intent.at,
    workflow,
    ...(intent.change === undefined ? {} : { change: intent.change }),
    branch: toBranch(intent, hash),
    sandbox,
  };
}

/** The id that a run has before it is made. */
export function toRunId(intent: Pick<Intent, 'subject' | 'key'>, digest: Digest): string {
  return `run-${digest(toMeaning(intent)).slice(0, 20)}`;
}

function toMeaning({ subject, key }: Pick<Intent, 'subject' | 'key'>): string {
  return [subject.repository.id, subject.number, key].join('\n');
}

/** `baton/<number>-<words of the title>-<4 hex>`: readable, and never the branch of an earlier run. */
function toBranch({ subject, ticket }: Intent, hash: string): string {
  const words = toSlug(ticket.title);
  return ['baton/', [subject.number, words, hash.slice(0, 4)].filter((part) => part !== '').join('-')].join(
    '',
  );
}

/** Nothing else starts a run. */
function toTrigger({ source }: Intent): string {
  switch (source.kind) {
    case 'label':
      return `label ${source.label}`;
    case 'pull-request':
      return source.what === 'opened' ? 'the pull request was opened' : 'a push';
    case 'team':
      return `the team's ${source.member}`;
    case 'comment':
    case 'button':
    case 'withdrawal':
      return 'a comment';
  }
}
