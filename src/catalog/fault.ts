/** One thing that is wrong in a data file: where, what, and what to do about it. Lines and columns count from 1. */
export interface CatalogFault {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly remedy: string;
}

/** Everything that is wrong in a catalog, together and in the order of its place. */
export class CatalogError extends Error {
  override readonly name = 'CatalogError';
  readonly faults: readonly CatalogFault[];

  constructor(faults: readonly CatalogFault[]) {
    const sorted = faults.toSorted(byPlace);
    super(sorted.map(printFault).join('\n'));
    this.faults = sorted;
  }
}

function printFault({ file, line, column, message, remedy }: CatalogFault): string {
  return `${file}:${line}:${column}: ${message}. ${remedy}`;
}

function byPlace(a: CatalogFault, b: CatalogFault): number {
  return a.file.localeCompare(b.file, 'en') || a.line - b.line || a.column - b.column;
}
