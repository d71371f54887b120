import type { Actor } from './actor.ts';
import type { HeldRun } from './run.ts';

/** What an approval of a security hold says, word by word, so that it can be signed and checked later. */
export function approvalLine(
  { order, step, attempt, head, hold }: HeldRun,
  { by, at }: { readonly by: Actor; readonly at: string },
): string | null {
  return hold.kind === 'security'
    ? [
        'approved',
        `run=${order.id}`,
        `step=${step}`,
        `attempt=${attempt}`,
        `commit=${head}`,
        `digest=${hold.digest}`,
        `by=${by.login}`,
        `id=${by.id}`,
        `at=${at}`,
      ].join(' ')
    : null;
}
