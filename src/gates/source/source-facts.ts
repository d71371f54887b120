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
  /** What it decorates is the smallest definition around it. */
  readonly decorates: boolean;
}

export interface SourceText extends Stretch {
  /** Dotted names as they are written; of text with values in it, `{}` stands for each. */
  readonly text: string;
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
  /** Literals. */
  readonly texts: readonly SourceText[];
}

/** Whether one lies in the other. */
export function isInside(inner: Stretch, outer: Stretch): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}

/** What of a list lies in a stretch. */
export function within<Part extends Stretch>(parts: readonly Part[], stretch: Stretch): readonly Part[] {
  return parts.filter((part) => isInside(part, stretch));
}

/** The last part of a dotted name. */
export function lastOf(dotted: string): string {
  return dotted.slice(dotted.lastIndexOf('.') + 1);
}
