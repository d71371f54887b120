import { defineAttack } from '../attack.ts';
import { ended, without } from '../expectations.ts';

export const attack = defineAttack({
  id: 'S8',
  title: 'a provider that repeats the key in its refusal',
  prepare: ({ modelKey }) => ({
    refusal: `Incorrect API key provided: ${modelKey}. You can find it in your account.`,
  }),
  check: async (seen, { modelKey }) => [
    ended(seen, 'held', 'failed'),
    without('what people are shown', seen.shown, modelKey),
    without('what is kept', await seen.kept(), modelKey),
  ],
});
