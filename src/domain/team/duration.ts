import { z } from 'zod';

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };
const DURATION = /^(?<count>[1-9]\d{0,5})(?<unit>[smhd])$/;

/** A length of time as people write it: `30s`, `15m`, `1h`, `1d`. */
export const durationSchema = z.string().regex(DURATION, 'a number and a unit: s, m, h or d, like 15m');

/** How many seconds a checked length of time has. */
export function toSeconds(duration: string): number {
  const { count = '0', unit = 's' } = DURATION.exec(duration)?.groups ?? {};
  return Number(count) * (SECONDS[unit] ?? 1);
}
