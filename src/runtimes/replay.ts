import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Brief } from '../domain/brief.ts';
import { NOTHING_USED } from '../domain/usage.ts';
import type { AgentRuntime } from '../ports/agent-runtime.ts';
import type { Sandbox } from '../ports/sandbox.ts';
import type { Tree } from '../ports/workspace.ts';
import { type Failure, failed } from './parts/failure.ts';

/** One recorded call: `<directory>/<step>.<attempt>.json`. */
const recordingSchema = z.strictObject({
  /** How long the agent thinks, in milliseconds. */
  delayMs: z.int().nonnegative().max(600_000).default(0),
  /** After that the agent waits until a file of this name lies in the same directory. */
  until: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]*$/, 'a file name in the same directory')
    .optional(),
  /** The agent's change as a unified diff, in a file beside this one. */
  patch: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]*\.patch$/, 'a file name in the same directory that ends in .patch')
    .optional(),
  /** What the agent gives back; checked where every runtime's report is checked. */
  report: z.unknown(),
});

type Recording = z.infer<typeof recordingSchema>;

/** How often an agent that waits for a file looks for it, in milliseconds. */
const LOOK_EVERY_MS = 20;

/**
 * Applies a patch from its standard input to plain files. Git must find no repository above the tree and read nobody's
 * settings; that is said in the command itself, because a sandbox lets no `GIT_*` variable in from outside.
 */
const APPLY = [
  'env',
  'GIT_DIR=/dev/null',
  'GIT_CONFIG_GLOBAL=/dev/null',
  'GIT_CONFIG_NOSYSTEM=1',
  'git',
  'apply',
  '--whitespace=nowarn',
  '-',
] as const;

const PATCH_TIME_LIMIT_MS = 30_000;

/** Where the recordings are, and whether their delays are kept: a demo wants them, a test does not. */
export interface ReplaySettings {
  readonly directory: string;
  readonly delays?: 'kept' | 'skipped';
}

/**
 * Plays recorded answers from a directory, for the demo and for tests: no model, the same work each time, and so
 * the same failure. Messages are shown on GitHub: they name files without where these are on this machine.
 */
export function createReplay(settings: ReplaySettings): AgentRuntime<'replay'> {
  return {
    name: 'replay',
    summary: 'Plays recorded answers and patches from a directory.',
    models: 'none',
    async run(brief, place, signal) {
      signal.throwIfAborted();
      const file = join(settings.directory, `${brief.step}.${brief.attempt}.json`);
      const recording = await readRecording(file);
      if (recording.kind === 'failed') {
        return recording;
      }
      const { directory } = settings;
      const { timeoutMs } = brief;
      if (settings.delays !== 'skipped' && !(await think(recording, { directory, timeoutMs }, signal))) {
        return failed(
          'time-limit',
          `The recording ${basename(file)} takes longer than the step may.`,
          'Record a shorter delay.',
        );
      }
      const { tree, sandbox } = place;
      if (recording.patch !== undefined && brief.access === 'write' && tree !== null) {
        const patchFile = join(settings.directory, recording.patch);
        const failure = await applyPatch(patchFile, { tree, sandbox, brief }, signal);
        if (failure !== null) {
          return failure;
        }
      }
      return { kind: 'answered', report: recording.report, usage: NOTHING_USED };
    },
  };
}

/** Takes the time that the agent took; false when the step may not last so long. Rejects with the signal's reason. */
async function think(
  { delayMs, until }: Recording,
  { directory, timeoutMs }: { readonly directory: string; readonly timeoutMs: number },
  signal: AbortSignal,
): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  await sleep(Math.min(delayMs, timeoutMs), undefined, { signal });
  if (until === undefined || delayMs > timeoutMs) {
    return delayMs <= timeoutMs;
  }
  const awaited = join(directory, until);
  while (!existsSync(awaited)) {
    if (performance.now() >= deadline) {
      return false;
    }
    await sleep(LOOK_EVERY_MS, undefined, { signal });
  }
  return true;
}

async function readRecording(file: string): Promise<Failure | ({ readonly kind: 'recorded' } & Recording)> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) {
    return failed(
      'no-report',
      `There is no recording ${basename(file)}.`,
      'Record this call in BATON_REPLAY_DIR.',
    );
  }
  try {
    return { kind: 'recorded', ...recordingSchema.parse(JSON.parse(text)) };
  } catch (error) {
    return failed(
      'no-report',
      `The recording ${basename(file)} cannot be read: ${String(error)}`,
      'Correct the file.',
    );
  }
}

/** Applies the patch where the agent would have worked, as the agent: inside the sandbox. Null when it applied. */
async function applyPatch(
  patchFile: string,
  place: { readonly tree: Tree; readonly sandbox: Sandbox; readonly brief: Brief },
  signal: AbortSignal,
): Promise<Failure | null> {
  const patch = await readFile(patchFile, 'utf8').catch(() => null);
  if (patch === null) {
    return failed(
      'no-report',
      `There is no patch ${basename(patchFile)}.`,
      'Add it, or take it out of the recording.',
    );
  }
  const result = await place.sandbox.run(
    {
      argv: APPLY,
      tree: { path: place.tree.path, access: 'write' },
      stdin: patch,
      timeoutMs: Math.min(place.brief.timeoutMs, PATCH_TIME_LIMIT_MS),
    },
    signal,
  );
  switch (result.kind) {
    case 'unavailable':
      return failed('sandbox', result.reason, result.remedy);
    case 'over-limit':
      return failed('sandbox', result.reason, result.remedy);
    case 'timed-out':
      return failed('time-limit', `git apply did not end in time: ${result.output}`, 'Retry the step.');
    case 'exited':
      return result.code === 0
        ? null
        : failed(
            'crash',
            `${basename(patchFile)} does not fit the tree at ${place.tree.commit}: ${result.output}`,
            'Record the patch again on top of the commit the step starts from.',
          );
  }
}
