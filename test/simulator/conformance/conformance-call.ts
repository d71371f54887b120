import type { Playground } from '../support/open-playground.ts';

/** One call, the status GitHub documents for it, and what its answer must hold. */
export interface ConformanceCall {
  readonly name: string;
  readonly status: number;
  readonly expected?: unknown;
  readonly call: (play: Playground, kept: Kept) => Promise<{ status: number; data?: unknown }>;
}

/** Values of earlier calls, by name. */
export type Kept = Map<string, string>;

/** Keeps the object name of an answer for later calls. */
export async function keep(
  kept: Kept,
  name: string,
  answer: Promise<{ status: number; data: { sha: string } }>,
) {
  const { status, data } = await answer;
  kept.set(name, data.sha);
  return { status, data };
}

/** What was kept under a name. */
export function recall(kept: Kept, name: string): string {
  return kept.get(name) ?? '';
}

export function toBase64(text: string): string {
  return Buffer.from(text).toString('base64');
}
