import { adding, replacing } from '../../support/patches.ts';
import type { Call } from '../../support/recordings.ts';
import { GOOD_PATCH, rejecting, work } from '../agents.ts';

export const SUM = 'src/sum.ts';
export const YES = '/baton approve';

export const BUILT = work('The sum is there.', GOOD_PATCH);
export const WRONG = rejecting('The sum is 3.');
/** The second attempt at what was wrong. */
export const MENDED = work(
  'The sum is 3.',
  replacing(SUM, 'export const sum = 2;\n', 'export const sum = 3;\n'),
);

/** An agent's work whose change is one new file. */
export function writing(path: string, text: string): Call {
  return work(`There is ${path}.`, adding(path, text));
}
