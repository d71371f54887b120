/** A figure to be quoted, on a line of its own in the output of the tests. */
export function report(figure: string): void {
  process.stdout.write(`[crash] ${figure}\n`);
}
