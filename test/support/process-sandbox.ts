import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Sandbox } from '../../src/ports/sandbox.ts';

/** Runs commands as plain processes, for tests whose subject is not the keeping apart. */
export const processSandbox: Sandbox = {
  kind: 'none',
  async run({ argv: [program, ...rest], tree, path = [], environment, stdin, timeoutMs }, signal) {
    const start = performance.now();
    const deadline = AbortSignal.timeout(timeoutMs);
    const child = spawn(program, rest, {
      cwd: tree.path,
      env: { PATH: [...path, process.env['PATH']].join(':'), ...environment },
      signal: AbortSignal.any([signal, deadline]),
      killSignal: 'SIGKILL',
    });
    let output = '';
    function gather(chunk: Buffer): void {
      output += chunk.toString();
    }
    child.stdout.on('data', gather);
    child.stderr.on('data', gather);
    child.stdin.end(stdin);
    try {
      const [code] = await once(child, 'close');
      return { kind: 'exited', code: Number(code), output, durationMs: performance.now() - start };
    } catch (error) {
      signal.throwIfAborted();
      if (deadline.aborted) {
        return { kind: 'timed-out', output, durationMs: performance.now() - start };
      }
      return { kind: 'unavailable', reason: String(error), remedy: 'Install the program.' };
    }
  },
};
