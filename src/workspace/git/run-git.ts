import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { type Credential, toBasic, toGitEnvironment } from './git-environment.ts';
import { GitError, type GitFailure } from './git-error.ts';
import { createOutput } from './output.ts';

/** One git process. */
export interface GitCall {
  /** `owner/name`, for errors. */
  readonly repository: string;
  readonly args: readonly [command: string, ...rest: string[]];
  readonly gitDir?: string;
  /** The tree it may read or write, and the private index that belongs to it. */
  readonly tree?: { readonly path: string; readonly index: string };
  readonly environment?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Present when the command talks to the remote; the token may be unknown (a public repository). */
  readonly remote?: { readonly url: string; readonly token: string | null };
  readonly timeoutMs?: number;
  /** Exit codes besides 0 that are an answer and no failure. */
  readonly answers?: readonly number[];
  /** Longest output in bytes. Beyond it the command fails, or is stopped and its output cut. */
  readonly longest?: { readonly bytes: number; readonly beyond: 'fail' | 'cut' };
}

export interface GitOutput {
  readonly stdout: Buffer;
  readonly cut: boolean;
  /** Null when it was stopped because its output was cut. */
  readonly code: number | null;
}

/** What all git processes of a workspace share. */
export interface GitSettings {
  /** Absolute path of git. */
  readonly program: string;
  /** A directory without a repository, to run in. */
  readonly directory: string;
  /** Further variables from the operator, such as those of a proxy. */
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** Stops everything when the workspace closes. */
  readonly signal: AbortSignal;
  /** Told of each process that has ended, however. */
  readonly onEnd?: (ended: EndedGit) => void;
}

/** A git process that has ended, for the log. */
export interface EndedGit {
  readonly repository: string;
  /** The git command, such as `fetch`. */
  readonly command: string;
  readonly ms: number;
}

export type Git = (call: GitCall) => Promise<GitOutput>;

const LONGEST = { bytes: 256 * 1024 * 1024, beyond: 'fail' } as const;
const LONGEST_STDERR = { bytes: 16 * 1024, beyond: 'cut' } as const;

/** Makes the function that runs git. Every process gets its whole environment from here. */
export function createGit(settings: GitSettings): Git {
  return async (call) => {
    const startedMs = performance.now();
    try {
      return await runGit(settings, call);
    } finally {
      const ms = performance.now() - startedMs;
      settings.onEnd?.({ repository: call.repository, command: call.args[0], ms });
    }
  };
}

/** @throws GitError when git fails, takes too long, prints too much or is stopped. */
async function runGit(settings: GitSettings, call: GitCall): Promise<GitOutput> {
  const timeoutMs = call.timeoutMs ?? settings.timeoutMs;
  const child = startGit(settings, call);
  const stdout = createOutput(child.stdout, call.longest ?? LONGEST);
  const stderr = createOutput(child.stderr, LONGEST_STDERR);
  const state: { stopped: GitFailure | 'cut' | null } = { stopped: null };
  function stop(why: GitFailure | 'cut'): void {
    state.stopped ??= why;
    killGroup(child);
  }
  const timer = setTimeout(stop, timeoutMs, 'timed-out');
  function abort(): void {
    stop('aborted');
  }
  settings.signal.addEventListener('abort', abort, { once: true });
  if (settings.signal.aborted) {
    abort();
  }
  stdout.onFull(stop);
  try {
    const code = await untilClosed(child);
    const failure = state.stopped ?? (isAnswer(call, code) ? null : 'failed');
    if (failure === null || failure === 'cut') {
      return { stdout: stdout.read(), cut: failure === 'cut', code };
    }
    throw new GitError({
      failure,
      command: call.args[0],
      repository: call.repository,
      stderr: withoutToken(stderr.read().toString(), call.remote?.token ?? null),
      remote: call.remote !== undefined,
      timeoutMs,
    });
  } finally {
    clearTimeout(timer);
    settings.signal.removeEventListener('abort', abort);
  }
}

function isAnswer({ answers = [] }: GitCall, code: number | null): boolean {
  return code === 0 || (code !== null && answers.includes(code));
}

function startGit(settings: GitSettings, call: GitCall): ChildProcessWithoutNullStreams {
  const where = [
    ...(call.gitDir === undefined ? [] : [`--git-dir=${call.gitDir}`]),
    ...(call.tree === undefined ? [] : [`--work-tree=${call.tree.path}`]),
  ];
  const remote = call.remote;
  const credential: Credential | null =
    remote === undefined || remote.token === null ? null : { url: remote.url, token: remote.token };
  const child = spawn(settings.program, [...where, ...call.args], {
    cwd: settings.directory,
    env: toGitEnvironment(
      {
        ...settings.environment,
        ...call.environment,
        ...(call.tree === undefined ? {} : { GIT_INDEX_FILE: call.tree.index }),
      },
      credential,
    ),
    // A group of its own, so that the transport helpers it starts end with it.
    detached: true,
    stdio: 'pipe',
  });
  // A command that ends before it has read its input is judged by its exit code.
  child.stdin.on('error', () => undefined);
  child.stdin.end(call.input ?? '');
  return child;
}

function untilClosed(child: ChildProcessWithoutNullStreams): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', (cause) => reject(new Error('git could not be started.', { cause })));
    child.once('close', resolve);
  });
}

function killGroup(child: ChildProcessWithoutNullStreams): void {
  if (child.pid === undefined) {
    return;
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The group has ended by itself.
  }
}

function withoutToken(text: string, token: string | null): string {
  return token === null || token === ''
    ? text
    : text.replaceAll(token, '***').replaceAll(toBasic(token), '***');
}
