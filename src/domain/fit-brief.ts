import { estimateTokens } from './estimate-tokens.ts';

/** What gives way when there is no room for all, least relevant first. What is in none of these always stays. */
const ORDER = [
  /** They rest on what was done anew since. */
  'earlier round',
  'other tasks',
  /** The files themselves are there to be read; a good part of it stays. */
  'change',
  /** Oldest first. */
  'result',
  /** The last of the files first. */
  'instructions',
  'body',
] as const;
type Kind = (typeof ORDER)[number];

/** A piece of a brief. */
export interface BriefPart {
  readonly place: 'instructions' | 'prompt';
  readonly text: string;
  /** When it gives way; absent when it always stays. */
  readonly room?: Room;
}

interface Room {
  readonly kind: Kind;
  /** What it is, for whoever is told that it was left out. */
  readonly name: string;
  /** The same with less of its text, so that it takes about so many tokens; absent when it is all or nothing. */
  readonly shorten?: (tokens: number) => string;
  /** The share of all room that it keeps in any case, from 0 to 1. */
  readonly keeps?: number;
}

/** Less than this of a text helps nobody, in tokens. */
const LEAST = 300;
/** What the line takes that says so, with the fence. */
const NOTE = 100;

/**
 * The parts in their order, so that all together take at most so many tokens: what is least relevant is shortened or left
 * out, and a line in its place says so. What always stays may take more than that.
 */
export function fitBrief(
  parts: readonly BriefPart[],
  most: number,
): { readonly parts: readonly BriefPart[]; readonly leftOut: readonly string[] } {
  const kept = [...parts];
  const leftOut: string[] = [];
  // Each with what stands between it and the next.
  let excess = parts.reduce((sum, { text }) => sum + estimateTokens(text) + 1, 0) - most;
  for (const index of inOrder(parts)) {
    const part = kept[index];
    if (excess > 0 && part?.room !== undefined) {
      const smaller = makeSmaller(part, part.room, { excess, most });
      const saved = estimateTokens(part.text) - estimateTokens(smaller.text);
      if (saved > 0) {
        kept[index] = smaller;
        excess -= saved;
        leftOut.push(`${part.room.name} (about ${saved} tokens)`);
      }
    }
  }
  return { parts: kept, leftOut };
}

/** Places in the list. Of the files with instructions the first says most. */
function inOrder(parts: readonly BriefPart[]): readonly number[] {
  return ORDER.flatMap((kind) => {
    const places = parts.flatMap(({ room }, index) => (room?.kind === kind ? [index] : []));
    return kind === 'instructions' ? places.toReversed() : places;
  });
}

function makeSmaller(
  part: BriefPart,
  { name, shorten, keeps = 0 }: Room,
  { excess, most }: { readonly excess: number; readonly most: number },
): BriefPart {
  const tokens = estimateTokens(part.text);
  const left = Math.max(tokens - excess - NOTE, Math.floor(keeps * most));
  if (left >= tokens) {
    return part;
  }
  return shorten === undefined || left < LEAST
    ? { ...part, text: `To keep room for the work, ${name} was left out here.` }
    : {
        ...part,
        text: `${shorten(left)}\n\nTo keep room for the work, only the beginning of ${name} is shown here.`,
      };
}
