/** The same order each time, and no order at all. */
export function scatter<Item>(items: readonly Item[], seed = 7): Item[] {
  const scattered = [...items];
  let state = seed;
  for (let index = scattered.length - 1; index > 0; index -= 1) {
    // Numbers as in Numerical Recipes; only that they scatter matters.
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    const other = state % (index + 1);
    const [one, two] = [scattered[index], scattered[other]];
    if (one !== undefined && two !== undefined) {
      scattered[index] = two;
      scattered[other] = one;
    }
  }
  return scattered;
}
