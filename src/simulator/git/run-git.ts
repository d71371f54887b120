import { spawn } from 'node:child_process';
import { GIT_ENVIRONMENT } from './git-environment.ts';

export type GitOptions = {
  readonly input?: string | Buffer;
  readonly environment?: Readonly<Record<string, string>>;
};

/** A git command that ended with another exit code than 0. */
export class GitFailed extends Error {
  override readonly name = 'GitFailed';
  readonly exitCode: number | null;
  readonly output: string;

  constructor(args: readonly string[], result: { exitCode: number | null; output: string; stderr: string }) {
    super(`git ${args.join(' ')} failed (exit code ${result.exitCode}): ${result.stderr.trim()}`);
    this.exitCode = result.exitCode;
    this.output = result.output;
  }
}

/**
 * Runs git on a bare repository and returns what it printed.
 * @throws GitFailed when git says no; Error when git is not installed.
 */
export function runGit(
  directory: string,
  args: readonly string[],
  options: GitOptions = {},
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', ['--git-dir', directory, ...args], {
      env: { ...GIT_ENVIRONMENT, ...options.environment },
      stdio: 'pipe',
    });
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
    child.on('error', (cause) =>
      reject(new Error('git could not be started. Install git 2.38 or newer.', { cause })),
    );
    child.on('close', (exitCode) => {
      const printed = Buffer.concat(output);
      if (exitCode === 0) {
        resolve(printed);
        return;
      }
      const stderr = Buffer.concat(errors).toString();
      reject(new GitFailed(args, { exitCode, output: printed.toString(), stderr }));
    });
    // A command that ends before it read its input is judged by its exit code, not by the broken pipe.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
  });
}
