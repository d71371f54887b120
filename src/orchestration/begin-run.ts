import type { Change } from '../domain/change.ts';
import type { Choice } from '../domain/choice.ts';
import type { RunEvent } from '../domain/event.ts';
import type { RepositorySettings } from '../domain/repository-settings.ts';
import type { Order, QueuedRun } from '../domain/run.ts';
import type { Sha } from '../domain/sha.ts';
import type { Repository, Subject } from '../domain/subject.ts';
import type { Definition } from '../domain/workflow.ts';
import type { Clock } from '../ports/clock.ts';
import type { Durable } from '../ports/durable.ts';
import { NoBaseError } from '../ports/workspace.ts';

/** The default branch and its newest commit. Throws `NoBaseError` when there is none, else when it cannot be had now. */
export type ReadBase = (repository: Repository) => Promise<{ readonly ref: string; readonly sha: string }>;

/** Where the head of a pull request left its base branch, and where that is now. Throws as `ReadBase` does. */
export type ReadChange = (
  subject: Subject,
  change: Change,
) => Promise<{ readonly mergeBase: Sha; readonly tip: Sha }>;

/** Whether who asked for the run may still ask for one. Throws when it cannot be learnt now. */
export type MayStart = (order: Order) => Promise<boolean>;

/** What a run does, as the repository has it at the commit; or why there is nothing it could do. */
export type Define = (order: Order, commit: Sha) => Promise<Defined>;

/** A workflow with all it names, and why it is this one. */
export type Defined =
  | {
      readonly kind: 'defined';
      readonly definition: Definition;
      readonly choice: Choice;
      readonly settings: RepositorySettings;
    }
  | { readonly kind: 'undefined'; readonly why: string };

/** What beginning needs of the rest. */
export interface Beginners {
  readonly define: Define;
  readonly readBase: ReadBase;
  readonly readChange: ReadChange;
  readonly mayStart: MayStart;
  /** Does the work; when that takes long, or fails, it is said on GitHub that the run has yet to begin. */
  readonly sayWhenSlow: <Result>(run: QueuedRun, work: () => Promise<Result>) => Promise<Result>;
  readonly clock: Clock;
}

/** Waits between tries to read the base, in milliseconds. */
const WAITS_MS = [2000, 10_000, 60_000];

/** What came of trying to begin; `final` when trying again would not help. */
interface Beginning {
  readonly event: RunEvent;
  readonly final: boolean;
}

/**
 * Finds the commit the run builds on, and what the run does there. A repository that cannot be read is a reason the run does not begin, and so is a
 * requester who lost their access while the run waited its turn.
 */
export async function beginRun(run: QueuedRun, durable: Durable, beginners: Beginners): Promise<RunEvent> {
  let beginning = await durable.step('begin', () => tryToBegin(run, beginners));
  for (const waitMs of beginning.final ? [] : WAITS_MS) {
    await durable.sleep(waitMs);
    beginning = await durable.step('begin', () => tryToBegin(run, beginners));
    if (beginning.final) {
      break;
    }
  }
  return beginning.event;
}

async function tryToBegin(run: QueuedRun, beginners: Beginners): Promise<Beginning> {
  const { mayStart, define, sayWhenSlow, clock } = beginners;
  const { order } = run;
  try {
    if (hasWaited(order, clock.now()) && !(await mayStart(order))) {
      const reason = `${order.requestedBy.login} may not start a run here any more.`;
      return { event: { kind: 'not-begun', at: clock.now(), reason }, final: true };
    }
    const { tip, ...commits } = await sayWhenSlow(run, () => findCommits(order, beginners));
    const defined = await define(order, tip);
    if (defined.kind === 'undefined') {
      return { event: { kind: 'not-begun', at: clock.now(), reason: defined.why }, final: true };
    }
    const { definition, choice, settings } = defined;
    return {
      event: { kind: 'begun', at: clock.now(), ...commits, definition, choice, settings },
      final: true,
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { event: { kind: 'not-begun', at: clock.now(), reason }, final: error instanceof NoBaseError };
  }
}

/** What the run builds on or judges, and the commit that says what a run does: never one that the change brings. */
async function findCommits({ subject, change }: Order, { readBase, readChange }: Beginners) {
  if (change === undefined) {
    const base = await readBase(subject.repository);
    return { base, tip: base.sha };
  }
  const { mergeBase, tip } = await readChange(subject, change);
  return { base: { ref: change.baseRef, sha: mergeBase }, head: change.headSha, tip };
}

/** Whether it began in another minute than it was asked for; before that the permission has just been looked at. */
function hasWaited({ requestedAt }: Order, now: string): boolean {
  const minute = '2026-01-01T00:00'.length;
  return now.slice(0, minute) !== requestedAt.slice(0, minute);
}
