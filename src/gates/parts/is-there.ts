/** Longer ones are no patterns that a person wrote, and are taken as they are. */
const MAX_PATTERN = 300;
const MAX_CHOICES = 50;

/**
 * Whether a path or pattern that somebody wrote into a document stands for a file, or for a directory with one. Agents
 * write such documents, so that matching takes no longer than both lengths ask for, which a regular expression does not
 * promise: `*`, `?`, `**` and `{a,b}` are known, and each other character stands for itself.
 */
export function isThere(written: string, paths: readonly string[]): boolean {
  const plain = written.replace(/^\.?\//, '').replace(/\/$/, '');
  const below = `${plain}/`;
  if (paths.some((path) => path === plain || path.startsWith(below))) {
    return true;
  }
  if (plain.length > MAX_PATTERN || !/[*?{]/.test(plain)) {
    return false;
  }
  // What lies below of a match is there with it.
  const patterns = chooseEach(plain).map((pattern) => [...pattern.split('/'), '**']);
  return paths.some((path) => {
    const names = path.split('/');
    return patterns.some((pattern) => matches(pattern, names, { any: '**', fits: fitsName }));
  });
}

function chooseEach(pattern: string): readonly string[] {
  let chosen: readonly string[] = [pattern];
  while (chosen.length <= MAX_CHOICES) {
    const more = chosen.flatMap(chooseFirst);
    if (more.length === chosen.length) {
      return chosen;
    }
    chosen = more;
  }
  return [];
}

function chooseFirst(pattern: string): readonly string[] {
  const [whole, choices = ''] = /\{([^{}]*,[^{}]*)\}/.exec(pattern) ?? [];
  return whole === undefined
    ? [pattern]
    : choices.split(',').map((choice) => pattern.replace(whole, () => choice));
}

function fitsName(pattern: string, name: string): boolean {
  return matches(Array.from(pattern), Array.from(name), {
    any: '*',
    fits: (one, other) => one === '?' || one === other,
  });
}

interface Manner {
  /** Stands for any number of items, also none. */
  readonly any: string;
  readonly fits: (one: string, other: string) => boolean;
}

/** Only the last `any` is ever tried again: what an earlier one took cannot help a later one. */
function matches(pattern: readonly string[], items: readonly string[], { any, fits }: Manner): boolean {
  let [at, next, again, from] = [0, 0, -1, 0];
  while (next < items.length) {
    const one = pattern[at];
    if (one === any) {
      [again, from] = [at, next];
      at += 1;
    } else if (one !== undefined && fits(one, items[next] ?? '')) {
      at += 1;
      next += 1;
    } else if (again >= 0) {
      from += 1;
      [at, next] = [again + 1, from];
    } else {
      return false;
    }
  }
  return pattern.slice(at).every((one) => one === any);
}
