import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Brief } from '../../src/domain/brief.ts';
import type { AgentPlace } from '../../src/ports/agent-runtime.ts';
import type { Log } from '../../src/ports/log.ts';
import type { Tree } from '../../src/ports/workspace.ts';

export const EXAMPLES = resolve(import.meta.dirname, '../../examples');
export const RECORDING = join(EXAMPLES, 'demo/recording');
export const RECORDING_GATE_FAILURE = join(EXAMPLES, 'demo/recording-gate-failure');

/** A log that nobody reads. */
export const SILENT: Log = { debug: ignore, info: ignore, warn: ignore, error: ignore };

function ignore(): void {}

/** A fresh copy of the example repository's files. */
export async function openExample(): Promise<Tree> {
  const path = await mkdtemp(join(tmpdir(), 'baton-example-'));
  await cp(join(EXAMPLES, 'orders-api'), path, { recursive: true });
  return {
    path,
    commit: 'a'.repeat(40),
    close: () => rm(path, { recursive: true, force: true }),
  };
}

/** A brief as short as the types allow. Its time limit only ends what hangs: agents that are programs take long to start. */
export function aBrief(changes: Partial<Brief> = {}): Brief {
  return {
    runId: 'run-1',
    step: 'implementation',
    attempt: 1,
    role: { name: 'implementer', description: 'Builds.', model: 'inherit', tools: ['edit'], brief: 'Build.' },
    model: 'some-model',
    instructions: 'Build.',
    prompt: 'An issue.',
    report: 'work',
    access: 'write',
    turns: 60,
    timeoutMs: 240_000,
    ...changes,
  };
}

/** A place without a line to any model, where every report is right. */
export function aPlace(parts: Pick<AgentPlace, 'tree' | 'sandbox'> & Partial<AgentPlace>): AgentPlace {
  return { openLine: null, check: () => null, emit: () => undefined, ...parts };
}
