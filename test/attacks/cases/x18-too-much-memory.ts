import { defineAttack } from '../attack.ts';
import { ended, without } from '../expectations.ts';

export const attack = defineAttack({
  id: 'X18',
  title: 'more memory than there is to give',
  prepare: () => ({
    acts: [{ write: 'eat.mjs', content: EAT }, { run: 'node eat.mjs' }],
    isLethal: true,
  }),
  check: (seen) => [
    ended(seen, 'done', 'held', 'failed'),
    without('what the agent was told', seen.results.join('\n'), 'eaten'),
  ],
});

/** A gigabyte and a half, kept for a while: a watch looks from time to time, and later on a busy machine. */
const EAT = `const eaten = [];
const timer = setInterval(() => {
  eaten.push(Buffer.alloc(64 * 1024 * 1024, 1));
  if (eaten.length === 24) {
    clearInterval(timer);
    setTimeout(() => console.log('eaten'), 8000);
  }
}, 50);
`;
