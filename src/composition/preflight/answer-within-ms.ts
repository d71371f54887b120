/**
 * How long one question of a check waits for its answer, in milliseconds. Less than the whole check may take, so that what
 * did not answer is told by its name.
 */
export const ANSWER_WITHIN_MS = 10_000;
