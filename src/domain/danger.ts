import { z } from 'zod';

/** How much harm a security finding could do, from the most on. */
export const dangerSchema = z.enum(['critical', 'high', 'medium', 'low']);
export type Danger = z.infer<typeof dangerSchema>;

/** The words of scanners, in lower case. */
const WORDS: Readonly<Record<string, Danger>> = {
  critical: 'critical',
  high: 'high',
  medium: 'medium',
  moderate: 'medium',
  low: 'low',
  info: 'low',
};

/** What a scanner's word stands for; absent when it says nothing, such as `undefined`. */
export function toDanger(word: string): Danger | undefined {
  const known = word.toLowerCase();
  return Object.hasOwn(WORDS, known) ? WORDS[known] : undefined;
}

/** Of a score from 0 to 10, as CVSS has it. */
export function scoreToDanger(score: number): Danger {
  if (score >= 9) {
    return 'critical';
  }
  if (score >= 7) {
    return 'high';
  }
  return score >= 4 ? 'medium' : 'low';
}

/** What a line of text begins with: `critical: ...`, `[HIGH] ...`. */
export function readDanger(message: string): Danger | undefined {
  const word = /^\[?(critical|high|medium|moderate|low)(?:\]|:|\s-)/i.exec(message.trimStart())?.[1];
  return word === undefined ? undefined : toDanger(word);
}
