import { createHash } from 'node:crypto';
import { advance } from '../../src/domain/advance.ts';
import type { Decision } from '../../src/domain/decision.ts';
import type { RunEvent } from '../../src/domain/event.ts';
import { type OutcomeInput, outcomeSchema } from '../../src/domain/outcome.ts';
import { DEFAULT_REPOSITORY_SETTINGS } from '../../src/domain/repository-settings.ts';
import type { Order, Run } from '../../src/domain/run.ts';
import type { Steer } from '../../src/domain/steer.ts';
import type { Definition } from '../../src/domain/workflow.ts';
import { anOrder, aWorkflow, CHOICE, MAINTAINER, sha } from './orders.ts';

/** What can happen to a run: an attempt ends, or a person steers. */
type Happening = OutcomeInput | Steer;

/** Begins a run and lets these things happen to it, one a minute, through the real `advance`. */
export function runAfter(
  happenings: readonly Happening[],
  order: Order = anOrder(),
  definition: Definition = { workflow: aWorkflow(), roles: {} },
): Run {
  let run: Run = begin(order, definition);
  for (const [index, happening] of happenings.entries()) {
    const decision = happen(run, happening, minute(index + 1));
    if (decision.kind === 'ignore') {
      throw new Error(`a test lets something happen that changes nothing: ${decision.why}`);
    }
    run = decision.run;
  }
  return run;
}

/** What follows when one more thing happens. */
export function happen(run: Run, happening: Happening, at = minute(59)): Decision {
  return advance(run, toEvent(run, happening, at));
}

function begin(order: Order, definition: Definition): Run {
  const base = { ref: 'main', sha: sha('a') };
  return advance(
    { state: 'queued', order },
    {
      kind: 'begun',
      at: minute(0),
      base,
      ...(order.change === undefined ? {} : { head: order.change.headSha }),
      definition,
      choice: CHOICE,
      settings: DEFAULT_REPOSITORY_SETTINGS,
    },
  ).run;
}

function toEvent(run: Run, happening: Happening, at: string): RunEvent {
  if (!isOutcome(happening)) {
    return { kind: 'steered', at, by: MAINTAINER, steer: happening, restored: 'restored' };
  }
  if (run.state !== 'running') {
    throw new Error(`a ${run.state} run performs no step`);
  }
  return {
    kind: 'step-finished',
    at,
    step: run.step,
    attempt: run.attempt,
    outcome: outcomeSchema.parse(happening),
    digest: createHash('sha256').update(JSON.stringify(happening)).digest('hex').slice(0, 12),
  };
}

const OUTCOMES: ReadonlySet<string> = new Set(outcomeSchema.options.map(({ shape }) => shape.kind.value));

function isOutcome(happening: Happening): happening is OutcomeInput {
  return OUTCOMES.has(happening.kind);
}

export function minute(count: number): string {
  return `2026-03-02T09:${String(count).padStart(2, '0')}:00.000Z`;
}
