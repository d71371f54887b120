/** What the `external_id` of our check runs says: which issue it is about, and which effect made it. */
export interface ExternalId {
  readonly number: number;
  readonly effect: string;
}

export function printExternalId(id: ExternalId): string {
  return `${id.number}/${id.effect}`;
}

/** Reads what `printExternalId` wrote; null for anything else. */
export function readExternalId(text: string): ExternalId | null {
  const parts = /^([1-9]\d{0,9})\/(.+)$/s.exec(text.slice(0, 1_000));
  return parts?.[1] === undefined || parts[2] === undefined
    ? null
    : { number: Number(parts[1]), effect: parts[2] };
}
