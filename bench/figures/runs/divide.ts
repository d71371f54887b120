import { z } from 'zod';
import type { LogLine } from '../../../src/demo/baton-process.ts';

/** What Baton waits for in a run, the outermost cause first: time of two at once is counted to the former. */
export const SHARES = [
  'gate commands',
  'agent sandbox',
  'git',
  'GitHub',
  'other work in steps',
  'rest',
] as const;
export type Share = (typeof SHARES)[number];

/** From when to when, in milliseconds since 1970. */
interface Span {
  readonly share: Share;
  readonly from: number;
  readonly to: number;
}

const spanSchema = z.object({ time: z.iso.datetime(), ms: z.number(), program: z.string().optional() });

const SHARE_OF_MESSAGE: Readonly<Record<string, Share>> = {
  'git ended': 'git',
  'GitHub was asked': 'GitHub',
  'a step was performed': 'other work in steps',
};

/** The part of a debug line that says how long something took; null for any other line. */
export function toSpan(line: LogLine): Span | null {
  const { data } = spanSchema.safeParse(line);
  const share =
    line.msg === 'a sandboxed command ended'
      ? toSandboxShare(data?.program)
      : (SHARE_OF_MESSAGE[line.msg] ?? null);
  if (data === undefined || share === null) {
    return null;
  }
  const to = Date.parse(data.time);
  return { share, from: to - data.ms, to };
}

/** Gates give their commands to a shell; the replayed agent starts its program directly. */
function toSandboxShare(program: string | undefined): Share {
  return program === '/bin/sh' ? 'gate commands' : 'agent sandbox';
}

/** Divides the time between two moments: each piece of it goes to one share. */
export function divide(spans: readonly Span[], from: number, to: number): Record<Share, number> {
  const edges = [...new Set([from, to, ...spans.flatMap((span) => [span.from, span.to])])]
    .filter((edge) => edge >= from && edge <= to)
    .toSorted((one, other) => one - other);
  const shares = Object.fromEntries(SHARES.map((share) => [share, 0])) as Record<Share, number>;
  for (const [index, start] of edges.entries()) {
    const end = edges[index + 1] ?? start;
    const here = spans.filter((span) => span.from <= start && span.to >= end).map(({ share }) => share);
    shares[SHARES.find((share) => here.includes(share)) ?? 'rest'] += end - start;
  }
  return shares;
}
