import type { Log } from '../ports/log.ts';
import type { Sandbox } from '../ports/sandbox.ts';

/** The same sandbox; the log says how long each command took. Arguments are left out: they can hold anything. */
export function logSandbox(sandbox: Sandbox, log: Log): Sandbox {
  return {
    kind: sandbox.kind,
    async run(command, signal) {
      const startedMs = performance.now();
      const result = await sandbox.run(command, signal);
      const ms = performance.now() - startedMs;
      log.debug({ program: command.argv[0], end: result.kind, ms }, 'a sandboxed command ended');
      return result;
    },
    async start(command, signal) {
      const startedMs = performance.now();
      const started = await sandbox.start(command, signal);
      void started.ended.then(({ kind: end }) => {
        const ms = performance.now() - startedMs;
        log.debug({ program: command.argv[0], end, ms }, 'a sandboxed command that was talked to ended');
      });
      return started;
    },
  };
}
