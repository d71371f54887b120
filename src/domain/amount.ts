import { z } from 'zod';

/** How much may be used: money, or tokens of any model. */
export const amountSchema = z.discriminatedUnion('unit', [
  z.object({ unit: z.literal('usd'), value: z.number().positive() }),
  z.object({ unit: z.literal('tokens'), value: z.int().positive() }),
]);
export type Amount = z.infer<typeof amountSchema>;

const MONEY = /^\$?(\d{1,7}(?:\.\d{1,4})?)$/;
const TOKENS = /^(\d{1,15}|\d{1,3}(?:[,_]\d{3}){1,4}|\d{1,6}(?:\.\d{1,3})?[kM]) ?tokens?$/;

/** Reads `5`, `$2.50`, `2000000 tokens`, `2,000,000 tokens` or `2M tokens`; null when it is none of them, or nothing. */
export function parseAmount(text: string): Amount | null {
  const [, dollars] = MONEY.exec(text) ?? [];
  const [, count] = TOKENS.exec(text) ?? [];
  const amount =
    dollars === undefined
      ? { unit: 'tokens', value: toCount(count ?? '') }
      : { unit: 'usd', value: Number(dollars) };
  const parsed = amountSchema.safeParse(amount);
  return parsed.success ? parsed.data : null;
}

const FACTORS: Readonly<Record<string, number>> = { k: 1000, M: 1_000_000 };

function toCount(text: string): number {
  const digits = text.replaceAll(/[,_]/g, '');
  const factor = FACTORS[digits.slice(-1)];
  return factor === undefined ? Number(digits) : Math.round(Number(digits.slice(0, -1)) * factor);
}

/** The amount for people: `$5`, `$2.50` or `2,000,000 tokens`. */
export function printAmount({ unit, value }: Amount): string {
  return unit === 'usd' ? printDollars(value) : `${printCount(value)} tokens`;
}

/** Whole dollars without cents; less than a cent is not shown as nothing. */
export function printDollars(value: number): string {
  if (value > 0 && value < 0.01) {
    return 'less than $0.01';
  }
  return `$${Number.isInteger(value) ? value : value.toFixed(2)}`;
}

/** Digits in groups of three. */
export function printCount(value: number): string {
  return String(Math.round(value)).replaceAll(/\B(?=(\d{3})+$)/g, ',');
}
