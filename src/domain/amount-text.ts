import { z } from 'zod';
import { parseAmount } from './amount.ts';

const PROBLEM =
  'must be an amount of money in US dollars, such as 5 or $2.50, or of tokens, such as 2000000 tokens';

/** An amount as people write it. */
export const amountWordsSchema = z
  .union([z.string(), z.number()])
  .refine((given) => parseAmount(String(given).trim()) !== null, PROBLEM);

/** The same as a value. */
export const amountTextSchema = z.string().transform((text, context) => {
  const amount = parseAmount(text.trim());
  if (amount === null) {
    context.addIssue({ code: 'custom', message: PROBLEM });
    return z.NEVER;
  }
  return amount;
});
