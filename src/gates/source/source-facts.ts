/** A stretch of a source file. Offsets count UTF-16 units, lines from 1. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly endLine: number;
}

/** Something that was called, also `new X(...)` and a decorator. */
export interface SourceCall extends Stretch {
  /** Dotted, as it is written: `logger.info`, `log.child().info`; empty for what has no name. */
  readonly callee: string;
  /** Where its arguments begin. */
  readonly argumentsAt: number;
  /** Where the arguments are that have a place and no name, up to the first that stands for several. */
  readonly positional: readonly Pick<Stretch, 'start' | 'end'>[];
  /** What it decorates is the smallest definition around it. */
  readonly decorates: boolean;
}

export interface SourceText extends Stretch {
  /** Dotted names as they are written; of text with values in it, `{}` stands for each. */
  readonly text: string;
}

/** A name that stands for another: after `import os as o`, `o` is `os`. */
export interface SourceAlias extends SourceText {
  /** Dotted, and as it is written where the alias is made. */
  readonly of: string;
}

/** Code that runs when something holds: from the condition to the end of what it guards, without its `else`. */
export interface SourceBranch extends Stretch {
  /** Where the condition ends. */
  readonly testEnd: number;
  /** What runs when it does not hold; null when that is only what comes after it. */
  readonly otherwise: Stretch | null;
}

/**
 * What a parser can say of a source file, whatever its language: flat lists, in the order of the file. What lies inside of
 * what is told by their places.
 */
export interface SourceFacts {
  readonly calls: readonly SourceCall[];
  /** Functions, methods, classes and named values, with their decorators. */
  readonly definitions: readonly SourceText[];
  /** Values that are read: `user.email`, `process.env.TOKEN`, `os.environ.TOKEN`. What is called is not among them. */
  readonly names: readonly SourceText[];
  /** Keys of objects and dictionaries, and names of arguments. */
  readonly keys: readonly SourceText[];
  /** Literals; of a regular expression, its pattern. */
  readonly texts: readonly SourceText[];
  readonly branches: readonly SourceBranch[];
  /** Expressions that hold when what stands in them does not: `!a`, `a !== b`, `not a`. */
  readonly negations: readonly Stretch[];
  /** Other names of values, whatever part of the file they hold in. */
  readonly aliases: readonly SourceAlias[];
}

/** Whether one lies in the other. */
export function isInside(inner: Stretch, outer: Stretch): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}

/** What of a list lies in a stretch. The list is in order, so that only its part from there to there is looked at. */
export function within<Part extends Stretch>(
  parts: readonly Part[],
  stretch: Pick<Stretch, 'start' | 'end'>,
): readonly Part[] {
  const from = countBefore(parts, stretch.start);
  return parts.slice(from, countBefore(parts, stretch.end)).filter(({ end }) => end <= stretch.end);
}

function countBefore(parts: readonly Stretch[], offset: number): number {
  let [low, high] = [0, parts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((parts[middle]?.start ?? 0) < offset) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** The smallest definition around a stretch; null when there is none. */
export function definitionAround({ definitions }: SourceFacts, inner: Stretch): SourceText | null {
  const around = definitions.filter((one) => isInside(inner, one));
  return around.toSorted((a, b) => a.end - a.start - (b.end - b.start))[0] ?? null;
}

/** The last part of a dotted name. */
export function lastOf(dotted: string): string {
  return dotted.slice(dotted.lastIndexOf('.') + 1);
}
