/** A test, or what groups tests: a `describe`, a class, a file. Offsets count UTF-16 units. */
export interface TestBlock {
  readonly kind: 'test' | 'group';
  readonly start: number;
  readonly end: number;
  /** Whether it always runs, and something in it may fail. What is skipped under a condition need not run. */
  readonly isRun: boolean;
}
