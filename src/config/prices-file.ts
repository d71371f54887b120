import { readFileSync, statSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { type Prices, pricesSchema } from '../domain/price.ts';

const MAX_BYTES = 1024 * 1024;

/** Prices from a YAML or JSON file: model -> price per million tokens. */
export const pricesFileSchema = z.string().transform((path, context): Prices => {
  const read = readPrices(path);
  if (typeof read === 'string') {
    context.addIssue({ code: 'custom', message: read });
    return z.NEVER;
  }
  return read;
});

/** The prices, or what is wrong with the file. */
function readPrices(path: string): Prices | string {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat?.isFile() !== true || stat.size > MAX_BYTES) {
    return 'names something that is not a file of at most 1 MB';
  }
  try {
    return toPrices(parse(readFileSync(path, 'utf8')));
  } catch (error) {
    return `names a file that cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function toPrices(content: unknown): Prices | string {
  const prices = pricesSchema.safeParse(content);
  if (prices.success) {
    return prices.data;
  }
  const [issue] = prices.error.issues;
  return `names a file in which ${issue?.path.join('.') || 'the whole'} is wrong: ${issue?.message}`;
}
