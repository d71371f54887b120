import { z } from 'zod';
import { parseAmount } from './amount.ts';

/** An amount as people write it. */
export const amountTextSchema = z.union([z.string(), z.number()]).transform((given, context) => {
  const amount = parseAmount(String(given).trim());
  if (amount === null) {
    context.addIssue({
      code: 'custom',
      message:
        'must be an amount of money in US dollars, such as 5 or $2.50, or of tokens, such as 2000000 tokens',
    });
    return z.NEVER;
  }
  return amount;
});
