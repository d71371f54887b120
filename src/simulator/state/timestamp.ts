/** GitHub's timestamps: ISO 8601 in UTC, to the second. */
export function toTimestamp(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}

/** The present as GitHub would write it. */
export function timestamp(): string {
  return toTimestamp(new Date());
}
