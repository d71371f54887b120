import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Effects } from '../../../src/ports/effects.ts';
import type { Log } from '../../../src/ports/log.ts';
import type { Seal } from '../../../src/ports/workspace.ts';
import {
  createWorkspace,
  type OpenWorkspace,
  type WorkspaceOptions,
} from '../../../src/workspace/create-workspace.ts';
import type { GitRemote } from './git-remote.ts';
import { toRepository } from './git-remote.ts';

export interface StartedWorkspace {
  readonly workspace: OpenWorkspace;
  readonly home: string;
  /** What was logged, as text. */
  readonly logged: string[];
  /** Keys of the effects that were sent. */
  readonly sent: string[];
  stop(): Promise<void>;
}

export function startWorkspace(remote: GitRemote, options: Partial<WorkspaceOptions> = {}): StartedWorkspace {
  const home = options.home ?? mkdtempSync(join(tmpdir(), 'baton-home-'));
  const logged: string[] = [];
  const sent: string[] = [];
  const workspace = createWorkspace({
    home,
    remoteUrl: (repository) => `${remote.url}/${repository.owner}/${repository.name}.git`,
    token: () => Promise.resolve(remote.token),
    effects: createDirectEffects(sent),
    identity: { name: 'baton[bot]', email: '1+baton[bot]@users.noreply.github.com' },
    log: createTextLog(logged),
    ...options,
  });
  return {
    workspace,
    home,
    logged,
    sent,
    async stop() {
      await workspace.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** A ledger without a memory: every effect is sent. */
function createDirectEffects(sent: string[]): Effects {
  return {
    ensure(effect) {
      sent.push(effect.key);
      return effect.send();
    },
  };
}

function createTextLog(lines: string[]): Log {
  function keep(fields: Readonly<Record<string, unknown>>, message: string): void {
    lines.push(`${message} ${JSON.stringify(fields)}`);
  }
  return { debug: keep, info: keep, warn: keep, error: keep };
}

export function toSeal(changes: Partial<Seal> = {}): Seal {
  return {
    repository: toRepository('app'),
    runId: 'run-1',
    step: 'implement',
    attempt: 1,
    subject: 'Add a thing',
    at: '2030-01-02T03:04:05.000Z',
    ...changes,
  };
}
