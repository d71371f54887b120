/** That one source file asks for another, and where. */
export interface SourceImport {
  /** As it is written: `./a.ts`, `pkg/sub`, `..pkg.mod`. */
  readonly specifier: string;
  /** From 1. */
  readonly line: number;
}

/** A directory of files by their paths from the root, and what is in front of them. */
export interface PathIndex {
  hasFile(path: string): boolean;
  /** Whether some file lies below it. */
  hasDirectory(path: string): boolean;
}

/** For quick questions about many paths. */
export function toPathIndex(paths: Iterable<string>): PathIndex {
  const files = new Set(paths);
  const directories = new Set<string>(['']);
  for (const path of files) {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      if (directories.has(path.slice(0, end))) {
        break;
      }
      directories.add(path.slice(0, end));
    }
  }
  return { hasFile: (path) => files.has(path), hasDirectory: (path) => directories.has(path) };
}
