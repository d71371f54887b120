import { z } from 'zod';

/** What was measured at the base and at the head. Null on the side that does not report it. */
export const figureSchema = z.object({
  name: z.string().min(1).max(80),
  /** Such as `ms`; empty when it is a bare number. */
  unit: z.string().max(10),
  base: z.number().nonnegative().nullable(),
  head: z.number().nonnegative().nullable(),
});
export type Figure = z.infer<typeof figureSchema>;

/** More of something in a second is better; of anything else, less is. */
function isRate({ unit }: Pick<Figure, 'unit'>): boolean {
  return unit.endsWith('/s');
}

/** How many times better it became: 2 is twice as good, 0.5 half as good. Null when a side is missing. */
export function toGain(figure: Figure): number | null {
  const { base, head } = figure;
  if (base === null || head === null) {
    return null;
  }
  const [more, less] = isRate(figure) ? [head, base] : [base, head];
  return more === less ? 1 : more / less;
}

/** How much worse it became, in percent; negative when it became better. */
export function toSlowdown(gain: number): number {
  return (1 / gain - 1) * 100;
}

/** The change in words: `3.1 times better`, `12 % worse`. */
export function gainWords(figure: Figure): string {
  const gain = toGain(figure);
  if (gain === null) {
    return figure.base === null ? 'new' : 'missing';
  }
  const slowdown = toSlowdown(gain);
  if (Math.abs(slowdown) < 0.5) {
    return 'the same';
  }
  if (slowdown > 0) {
    return Number.isFinite(slowdown) ? `${toShort(slowdown)} % worse` : 'worse';
  }
  return gain >= 2 ? `${toShort(gain)} times better` : `${toShort(-slowdown)} % better`;
}

/** A figure in one line: both values and the change. */
export function figureWords(figure: Figure): string {
  const { name, unit, base, head } = figure;
  return `${name} ${valueWords(base, unit)} before, ${valueWords(head, unit)} after (${gainWords(figure)})`;
}

/** A measured value with its unit; a dash when there is none. */
export function valueWords(value: number | null, unit: string): string {
  return value === null ? '–' : `${toShort(value)} ${unit}`.trim();
}

/** Three digits say all that a measurement knows. */
function toShort(value: number): string {
  return String(Number(value.toPrecision(3)));
}
