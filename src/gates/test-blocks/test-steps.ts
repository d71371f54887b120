/** What a statement of a test does, as far as it matters to whether the test always checks something. */
export type Step =
  | { readonly kind: 'check' | 'fail' | 'end' }
  /** One of these is done, and nobody knows which. */
  | { readonly kind: 'choice'; readonly branches: readonly (readonly Step[])[] };

/** Functions that check, by a word of their names. */
const CHECKS =
  /^(?:assert|expect|should|must|check|verif|ensure|raises|warns|throws|rejects|require|equal|deepEqual|match|snapshot|wait)/i;

/** Deeper tests are made by programs; what is below counts as nothing. */
export const MAX_STEPS_DEEP = 100;

export const CHECK: Step = { kind: 'check' };
export const FAIL: Step = { kind: 'fail' };
export const END: Step = { kind: 'end' };

/** Whether what is called checks something, by its dotted name. A lone `require` loads a module. */
export function isCheck(callee: string): boolean {
  return callee !== 'require' && callee.split('.').some((word) => CHECKS.test(word.replace(/^_+/, '')));
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
