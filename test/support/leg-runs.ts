import { advance } from '../../src/domain/advance.ts';
import type { Decision } from '../../src/domain/decision.ts';
import { type OutcomeInput, outcomeSchema } from '../../src/domain/outcome.ts';
import { DEFAULT_REPOSITORY_SETTINGS } from '../../src/domain/repository-settings.ts';
import type { Run, RunningRun } from '../../src/domain/run.ts';
import { type Definition, definitionSchema, type Step } from '../../src/domain/workflow.ts';
import { anOrder, CHOICE, sha } from './orders.ts';
import { minute } from './run-after.ts';

type StepInput = Partial<Step> & Pick<Step, 'id'>;

export function defined(name: string, steps: readonly StepInput[]): Definition {
  const all = steps.map((step) => ({ kind: 'agent', ...step }));
  return definitionSchema.parse({ workflow: { name, description: name, steps: all }, roles: {} });
}

export const PROJECT = defined('project', [
  { id: 'set-up' },
  { id: 'choose', kind: 'choose-workflow' },
  { id: 'checkpoint', again: { from: 'choose', when: { fact: 'left', is: true }, atMost: 3 } },
  { id: 'end', kind: 'pull-request' },
]);
export const FEATURE = defined('feature', [
  { id: 'build', title: 'Building' },
  { id: 'look', kind: 'review', onReject: 'build', maxRejections: 2 },
  { id: 'tell', when: { fact: 'large', is: true } },
  { id: 'propose', kind: 'pull-request' },
]);
export const CHORE = defined('chore', [{ id: 'tidy' }]);

/** The run after one more attempt. */
export function after(run: Run, outcome: OutcomeInput, chosen?: Definition): Decision {
  if (run.state !== 'running') {
    throw new Error(`a ${run.state} run performs no step`);
  }
  return advance(run, {
    kind: 'step-finished',
    at: minute(run.history.length + 1),
    step: run.step,
    attempt: run.attempt,
    outcome: outcomeSchema.parse(outcome),
    digest: '0123456789ab',
    ...(chosen === undefined ? {} : { chosen }),
  });
}

export function running(decision: Decision): RunningRun {
  if (decision.run.state !== 'running') {
    throw new Error(`expected a running run, got ${JSON.stringify(decision)}`);
  }
  return decision.run;
}

export function pass(run: RunningRun, facts = {}, rest = {}): RunningRun {
  return running(after(run, { kind: 'passed', summary: `${run.step} is done`, facts, ...rest }));
}

export function choose(run: RunningRun, definition: Definition, task?: string): RunningRun {
  return running(after(run, toChoice(definition, task), definition));
}

export function toChoice({ workflow }: Definition, task?: string): OutcomeInput {
  const chosen = { workflow: workflow.name, choice: CHOICE, ...(task === undefined ? {} : { task }) };
  return { kind: 'passed', summary: workflow.name, chosen };
}

export function begin(definition = PROJECT): RunningRun {
  const base = { ref: 'main', sha: sha('a') };
  return running(
    advance(
      { state: 'queued', order: anOrder() },
      {
        kind: 'begun',
        at: minute(0),
        base,
        definition,
        choice: CHOICE,
        settings: DEFAULT_REPOSITORY_SETTINGS,
      },
    ),
  );
}

/** Choosing for the second task, after a first one whose review rejected once. */
export function atSecondChoice(): RunningRun {
  const deferred = [{ title: 'Mend the clock', why: 'another thing', evidence: 'src/a.ts:1', labels: [] }];
  const first = choose(pass(begin()), FEATURE, 'the first');
  const built = pass(first, { large: true }, { deferred, checkpoint: sha('b') });
  const rejected = running(after(built, { kind: 'rejected', summary: 'No.', findings: [] }));
  const rebuilt = pass(rejected, { large: true }, { deferred, checkpoint: sha('c') });
  return pass(pass(pass(rebuilt)), { left: true });
}

/** At the beginning of the second task. */
export function inSecondTask(definition = FEATURE): RunningRun {
  return choose(atSecondChoice(), definition, 'the second');
}
