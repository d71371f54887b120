/** One try of GitHub to deliver; what its delivery log says of it. */
export interface Try {
  readonly id: number;
  readonly guid: string;
  readonly event: string;
  readonly action: string | null;
  readonly statusCode: number;
  /** ISO time. */
  readonly deliveredAt: string;
}

/** What was read of the delivery log, and until when when that was not all of it. */
export interface ReadTries {
  readonly tries: readonly Try[];
  /** ISO time of the oldest that was read; null when nothing can have been missed before it. */
  readonly cutAt: string | null;
}

/** Of a hundred tries. So many are read in any case, since the tries of one delivery lie apart. */
const USUAL_PAGES = 20;
/** Even an outage of a busy App is not read further back than this: each look would cost more than it mends. */
const MOST_PAGES = 200;

/**
 * Reads the log from its newest page backwards: to what GitHub sends again no more (`sinceMs`), and on a busy App only as
 * far as there is something that did not reach us.
 */
export async function readTries(pages: AsyncIterable<readonly Try[]>, sinceMs: number): Promise<ReadTries> {
  const tries: Try[] = [];
  let count = 0;
  for await (const page of pages) {
    tries.push(...page);
    count += 1;
    const oldest = page.at(-1);
    if (oldest === undefined || Date.parse(oldest.deliveredAt) < sinceMs) {
      break;
    }
    if (count >= USUAL_PAGES && !page.some(isAbsent)) {
      break;
    }
    if (count === MOST_PAGES) {
      return { tries, cutAt: oldest.deliveredAt };
    }
  }
  return { tries, cutAt: null };
}

/** No answer, or one that says "not now". A 4xx is our word: sending the same again would get the same. */
export function isAbsent({ statusCode }: Pick<Try, 'statusCode'>): boolean {
  return statusCode === 0 || statusCode >= 500;
}
