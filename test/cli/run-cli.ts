import { execFile } from 'node:child_process';
import { resolve } from 'node:path';

const CLI = resolve('src/cli.ts');

export interface Ended {
  readonly code: number;
  readonly out: readonly string[];
  readonly complaint: string;
}

/** Runs `npm run baton -- <args>` without npm. */
export function baton(
  args: readonly string[],
  cwd = process.cwd(),
  environment: NodeJS.ProcessEnv = process.env,
): Promise<Ended> {
  return new Promise((settle) => {
    execFile(process.execPath, [CLI, ...args], { cwd, env: environment }, (error, stdout, stderr) =>
      settle({
        code: error === null ? 0 : Number(error.code),
        out: stdout.trimEnd().split('\n'),
        complaint: stderr,
      }),
    );
  });
}
