/** What people were told last about an outage of GitHub. */
export interface ToldOutage {
  /** Under which the comment is kept. */
  readonly key: string;
  /** When it was written last, in milliseconds. */
  readonly atMs: number;
}

/** The comments of all outages begin with it. The first has no number: before, there was one for all. */
export const OUTAGE = 'outage';
const NUMBERED = /:(\d+)$/;

/** An outage that begins later than this after the last word about the one before it is another story. */
const APART_MS = 24 * 60 * 60_000;

/**
 * The key of the comment for an outage that members have met since these times, in milliseconds; none when it is over.
 * GitHub notifies nobody of an edit. The end of an outage is one, since nobody has to do anything about it, and so is
 * what comes within a day: one trouble of GitHub in pieces. An outage after that is a comment of its own, so that people
 * hear of it.
 */
export function outageComment(told: ToldOutage | null, sinceMs: readonly number[]): string {
  if (told === null) {
    return OUTAGE;
  }
  const number = Number(NUMBERED.exec(told.key)?.[1] ?? 1);
  const isAnother = sinceMs.length > 0 && Math.min(...sinceMs) > told.atMs + APART_MS;
  const of = isAnother ? number + 1 : number;
  return of === 1 ? OUTAGE : `${OUTAGE}:${of}`;
}
