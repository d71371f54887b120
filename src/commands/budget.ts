import { parseAmount } from '../domain/amount.ts';
import { defineCommand } from '../domain/command.ts';

/** A slip of the finger must not cost more than this; who means more asks twice. */
const MOST = { usd: 1000, tokens: 1_000_000_000 } as const;

export const command = defineCommand({
  name: 'budget',
  summary:
    'Lets the run use more of models than its budget allows, in US dollars or tokens. A run that has stopped for that goes on.',
  usage: '/baton budget +<amount>',
  examples: ['/baton budget +5', '/baton budget +$2.50', '/baton budget +500000 tokens'],
  // It spends what others pay: more than answering a run does.
  requires: 'maintain',
  parse(text) {
    const amount = text.startsWith('+') ? parseAmount(text.slice(1).trim()) : null;
    if (amount === null) {
      return {
        problem:
          'after `budget` comes a plus and an amount, in US dollars such as `/baton budget +5`, or in tokens such as `/baton budget +500000 tokens`',
      };
    }
    return amount.value > MOST[amount.unit]
      ? { problem: 'that is more than can be added at once: at most $1000 or 1,000,000,000 tokens' }
      : { ask: { kind: 'budget', amount } };
  },
});
