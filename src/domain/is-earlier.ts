/**
 * Whether the second of one ISO time in UTC is before that of another. GitHub tells whole seconds, so two times in the
 * same second count as the same.
 */
export function isEarlier(time: string, than: string): boolean {
  return toSecond(time) < toSecond(than);
}

/** Such times sort as text. */
function toSecond(isoTime: string): string {
  return isoTime.slice(0, '2026-01-01T00:00:00'.length);
}
