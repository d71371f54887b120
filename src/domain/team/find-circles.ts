/** Who waits for whom: a message that nobody has taken for too long. */
export interface Wait {
  readonly sender: string;
  readonly recipient: string;
}

/** Members that wait for each other in a circle, each circle once, from its first name on. */
export function findCircles(waits: readonly Wait[]): readonly (readonly string[])[] {
  const next = new Map<string, Set<string>>();
  for (const { sender, recipient } of waits) {
    next.set(sender, (next.get(sender) ?? new Set()).add(recipient));
  }
  const circles = new Map<string, readonly string[]>();
  for (const start of next.keys()) {
    for (const circle of walk([start], next)) {
      circles.set(circle.join(' '), circle);
    }
  }
  return [...circles.values()];
}

/** Ways that come back to where they began. Each circle is found from its first name only. */
function walk(
  path: readonly string[],
  next: ReadonlyMap<string, ReadonlySet<string>>,
): readonly (readonly string[])[] {
  const [first = ''] = path;
  const last = path.at(-1) ?? '';
  return [...(next.get(last) ?? [])].flatMap((one) => {
    if (one === first) {
      return [path];
    }
    return path.includes(one) || one < first ? [] : walk([...path, one], next);
  });
}
