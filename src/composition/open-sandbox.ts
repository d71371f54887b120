import type { Settings } from '../config/settings.ts';
import type { Log } from '../ports/log.ts';
import type { Sandbox } from '../ports/sandbox.ts';
import { createBubblewrapSandbox } from '../sandbox/create-bubblewrap-sandbox.ts';
import { createOpenSandbox } from '../sandbox/create-open-sandbox.ts';
import { type Groups, openGroups } from '../sandbox/group/open-groups.ts';
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
export async function openSandbox(
  { sandbox: choice, sandboxLimits: limits }: Pick<Settings, 'sandbox' | 'sandboxLimits'>,
  log: Log,
): Promise<Sandbox> {
  if (choice === 'none') {
    log.warn({}, 'SANDBOX=none: agents and gate commands can do all that this process can');
    return logSandbox(createOpenSandbox(), log);
  }
  const sandbox = createBubblewrapSandbox({ log, limits, groups: findGroups(log) });
  const probe = await probeSandbox(sandbox);
  if (!probe.usable) {
    throw new SandboxUnusableError(`No sandbox: ${probe.reason} ${probe.remedy}`);
  }
  return logSandbox(sandbox, log);
}

function findGroups(log: Log): Groups | null {
  const groups = openGroups();
  if ('why' in groups) {
    log.info(
      { why: groups.why },
      'no control groups for sandboxed commands: their limits are watched instead',
    );
    return null;
  }
  log.info({ controllers: groups.controllers }, 'each sandboxed command gets a control group');
  return groups;
}
