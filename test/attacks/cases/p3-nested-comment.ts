import { defineAttack } from '../attack.ts';
import { without } from '../expectations.ts';

export const attack = defineAttack({
  id: 'P3',
  title: 'a comment that appears only when another is taken out',
  prepare: () => ({
    body: [
      'Add a sum. <!-<!-- -->- one -->',
      '<!<!-- -->-- two --> <<!-- -->!-- three -->',
      '<!--> <!-- HIDDEN four --!> five -->',
      '&lt;<!-- x -->!-- <!-- HIDDEN six -->',
    ].join('\n\n'),
  }),
  // What a reader sees of it may stay; what is left must not be a comment again.
  check: ({ prompts }) => [without('the prompt', prompts, '<!--'), without('the prompt', prompts, 'HIDDEN')],
});
