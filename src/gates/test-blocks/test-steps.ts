/** What a statement of a test does, as far as it matters to whether the test always checks something. */
export type Step =
  | { readonly kind: 'check' | 'fail' | 'end' }
  /** One of these is done, and nobody knows which. */
  | { readonly kind: 'choice'; readonly branches: readonly (readonly Step[])[] };

/** Functions that check, by how a word of their names starts. */
const CHECKS =
  /^(?:assert|expect|should|must|check|verif|ensure|raises|warns|throws|rejects|require|equal|deepEqual|matchSnapshot|snapshot|wait_?(?:for|until))/i;
const LOADS = /^require(?:\.(?:resolve|context))?$/;
/** What starts so and checks nothing: it runs a program, waits for a while, or loads a module. */
const OTHERS = /^(?:check(?:out|_?output|_call)|wait_?for_?timeout|requireActual|requireMock)/i;

/** Deeper tests are made by programs; what is below counts as nothing. */
export const MAX_STEPS_DEEP = 100;

export const CHECK: Step = { kind: 'check' };
export const FAIL: Step = { kind: 'fail' };
export const END: Step = { kind: 'end' };

/** Whether what is called checks something, by its dotted name. A lone `require` loads a module. */
export function isCheck(callee: string): boolean {
  const words = callee.split('.').map((word) => word.replace(/^_+/, ''));
  return !LOADS.test(callee) && words.some((word) => CHECKS.test(word) && !OTHERS.test(word));
}

/** Whether a test may pass without a check: it ends before one, or has them only below conditions. */
export function isUnsure(steps: readonly Step[]): boolean {
  const outcome = outcomeOf(steps);
  return outcome === 'ended' || (outcome === 'open' && hasCheck(steps));
}

type Outcome = 'checked' | 'failed' | 'ended' | 'open';

function outcomeOf(steps: readonly Step[]): Outcome {
  for (const step of steps) {
    const outcome =
      step.kind === 'choice' ? outcomeOfChoice(step.branches.map(outcomeOf)) : OUTCOMES[step.kind];
    if (outcome !== 'open') {
      return outcome;
    }
  }
  return 'open';
}

const OUTCOMES = { check: 'checked', fail: 'failed', end: 'ended' } as const;

/** A condition that decides whether a test fails is a check itself. */
function outcomeOfChoice(outcomes: readonly Outcome[]): Outcome {
  if (outcomes.includes('ended')) {
    return 'ended';
  }
  const isCheckedAnyway = outcomes.every((one) => one === 'checked' || one === 'failed');
  return outcomes.includes('failed') || isCheckedAnyway ? 'checked' : 'open';
}

function hasCheck(steps: readonly Step[]): boolean {
  return steps.some((step) =>
    step.kind === 'choice' ? step.branches.some(hasCheck) : step.kind === 'check',
  );
}
