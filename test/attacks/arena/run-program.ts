import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

const ENVIRONMENT = {
  PATH: '/usr/bin:/bin',
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'mallory',
  GIT_AUTHOR_EMAIL: 'mallory@example.com',
  GIT_COMMITTER_NAME: 'mallory',
  GIT_COMMITTER_EMAIL: 'mallory@example.com',
};

/** Runs git, or any program, as the attacker and the judges do: without this machine's configuration. */
export async function runProgram(
  program: string,
  args: readonly string[],
  directory: string,
): Promise<string> {
  const options = {
    cwd: directory,
    env: ENVIRONMENT,
    maxBuffer: 256 * 1024 * 1024,
    encoding: 'buffer',
  } as const;
  const { stdout } = await execute(program, [...args], options);
  return stdout.toString('utf8');
}
