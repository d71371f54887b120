import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { findPackage } from '../packages/find-package.ts';
import { toInstallLine } from '../packages/pin.ts';
import { requirePackages } from '../packages/require-packages.ts';
import type { SpawnInside } from './spawn-inside.ts';

const SDK = '@anthropic-ai/claude-agent-sdk';

/** What of the Agent SDK is used here. It is not there when Baton is built, so its own types cannot be had. */
type Query = (asked: {
  readonly prompt: AsyncIterable<unknown>;
  readonly options: Readonly<Record<string, unknown>> & { readonly spawnClaudeCodeProcess: SpawnInside };
}) => AsyncIterable<unknown>;

/** The Agent SDK, and the program that it talks to. */
export interface ClaudeSdk {
  readonly query: Query;
  /** Absolute path of `claude`. */
  readonly program: string;
}

const moduleSchema = z.object({ query: z.custom<Query>((value) => typeof value === 'function') });

/**
 * Loads the Agent SDK from the directory of runtimes.
 * @throws Error with the line that installs it, when it is not there as it should be.
 */
export async function openClaudeSdk(directory: string): Promise<ClaudeSdk> {
  const { [SDK]: root = '' } = requirePackages('claude', directory);
  const native = findPackage(`${SDK}-linux-${process.arch}`, root);
  const program = join(native?.root ?? root, 'claude');
  if (!existsSync(program)) {
    throw new Error(
      `BATON_RUNTIME is claude, but its program for linux on ${process.arch} is not installed. Let npm install optional ` +
        `packages, and do it again: ${toInstallLine('claude')}`,
    );
  }
  const loaded: unknown = await import(pathToFileURL(join(root, 'sdk.mjs')).href);
  return { query: moduleSchema.parse(loaded).query, program };
}
