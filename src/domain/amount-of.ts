/** How many of something, in words that agree: `1 file`, `2 files`, `0 criteria`. */
export function amountOf(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
