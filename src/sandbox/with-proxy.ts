import { join } from 'node:path';
import type { SandboxedCommand } from '../ports/sandbox.ts';

/** Its directory is all of ours that the sandbox shows. */
const RELAY = join(import.meta.dirname, 'relay');

/** The command as it finds its proxy, if it has one: started by a relay, which it sees, as it does the socket. */
export function withProxy<Command extends Omit<SandboxedCommand, 'stdin'>>(command: Command): Command {
  const { proxy, argv, readOnly = [] } = command;
  return proxy === undefined
    ? command
    : {
        ...command,
        argv: [process.execPath, join(RELAY, 'main.ts'), proxy, ...argv],
        readOnly: [RELAY, proxy, ...readOnly],
      };
}
