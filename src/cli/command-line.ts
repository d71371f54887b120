/** A command of `npm run baton`. */
export interface CliCommand {
  /** What is written after the command's name. */
  readonly usage: string;
  readonly summary: string;
  /** Returns the exit code. Lines go to `print`. */
  run(args: readonly string[], print: (line: string) => void): Promise<number>;
}

/** The command line cannot be understood; the message says why. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
