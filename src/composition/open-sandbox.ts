import type { Settings } from '../config/settings.ts';
import type { Log } from '../ports/log.ts';
import type { Sandbox } from '../ports/sandbox.ts';
import { createBubblewrapSandbox } from '../sandbox/create-bubblewrap-sandbox.ts';
import { createOpenSandbox } from '../sandbox/create-open-sandbox.ts';
import { probeSandbox } from '../sandbox/probe-sandbox.ts';
import { logSandbox } from './log-sandbox.ts';

/** The sandbox could not be used; the message has the line that mends it. */
class SandboxUnusableError extends Error {
  override readonly name = 'SandboxUnusableError';
}

/**
 * The sandbox that the operator chose, tried by really running it.
 * @throws SandboxUnusableError when it does not hold: Baton runs no untrusted work without it.
 */
export async function openSandbox(choice: Settings['sandbox'], log: Log): Promise<Sandbox> {
  if (choice === 'none') {
    log.warn({}, 'SANDBOX=none: agents and gate commands can do all that this process can');
    return logSandbox(createOpenSandbox(), log);
  }
  const probe = await probeSandbox(log);
  if (!probe.usable) {
    throw new SandboxUnusableError(`No sandbox: ${probe.reason} ${probe.remedy}`);
  }
  return logSandbox(createBubblewrapSandbox({ log }), log);
}
