import type { CommandResult } from '../domain/evidence.ts';
import type { SandboxedProcess } from '../ports/sandbox.ts';
import { createCappedOutput } from './capped-output.ts';
import { readLines } from './read-lines.ts';
import { throwIfAborted } from './run-process.ts';
import { type ProcessEnd, type ProcessRequest, startProcess } from './start-process.ts';

const MAX_ERROR_BYTES = 64 * 1024;

/** What a sandbox makes of the end of a process. */
interface Talk {
  readonly request: ProcessRequest;
  toResult(end: ProcessEnd & { readonly output: string }): CommandResult;
  toUnavailable(reason: string): CommandResult;
}

/**
 * Starts a process and leaves its standard input open.
 * @throws AbortError when the signal has fired before.
 */
export function talkToProcess(talk: Talk, signal: AbortSignal): SandboxedProcess {
  throwIfAborted(signal);
  const { child, ended, kill } = startProcess(talk.request, signal);
  const errors = createCappedOutput(MAX_ERROR_BYTES);
  child.stderr?.on('data', (chunk: Buffer) => errors.add(chunk));
  const state = { stopped: false };
  const result = ended.then(
    (end): CommandResult => {
      const { kind, excess, code, durationMs } = end;
      const output = errors.read();
      // A sandbox that was ended tells no exit code, which would look like one that never ran.
      return kind === 'exited' && excess === null && (state.stopped || signal.aborted)
        ? { kind, code, output, durationMs }
        : talk.toResult({ ...end, output });
    },
    (error: unknown) => talk.toUnavailable(String(error)),
  );
  return {
    send(line) {
      child.stdin?.write(`${line}\n`);
    },
    lines: readLines(child.stdout),
    ended: result,
    async end() {
      if (child.exitCode === null && child.signalCode === null) {
        state.stopped = true;
        kill();
      }
      await result;
    },
  };
}

/** What stands for a process that could not be started. */
export function neverStarted(result: CommandResult): SandboxedProcess {
  return {
    send: () => undefined,
    lines: readLines(null),
    ended: Promise.resolve(result),
    end: () => Promise.resolve(),
  };
}
