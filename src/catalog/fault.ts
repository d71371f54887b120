/** One thing that is wrong in a data file: where, what, and what to do about it. Lines and columns count from 1. */
export interface CatalogFault {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly remedy: string;
}

/** Everything that is wrong in a catalog, together. */
export class CatalogError extends Error {
  override readonly name = 'CatalogError';
  readonly faults: readonly CatalogFault[];

  constructor(faults: readonly CatalogFault[]) {
    super(faults.map(printFault).join('\n'));
    this.faults = faults;
  }
}

function printFault({ file, line, column, message, remedy }: CatalogFault): string {
  return `${file}:${line}:${column}: ${message}. ${remedy}`;
}
