import type { Settings } from '../config/settings.ts';
import { createDependencies } from '../dependencies/create-dependencies.ts';
import { createLayerStore } from '../dependencies/layers/layer-store.ts';
import type { Dependencies } from '../ports/dependencies.ts';
import type { EgressProxy } from '../ports/egress.ts';
import type { Log } from '../ports/log.ts';
import type { Sandbox } from '../ports/sandbox.ts';
import { toToolPaths } from './tool-paths.ts';

/** How long one installation may take, in milliseconds. */
const TIMEOUT_MS = 15 * 60_000;

interface Needs {
  readonly egress: EgressProxy;
  readonly sandbox: Sandbox;
  readonly log: Log;
}

/** What installs for gates and agents; null without a sandbox, where nothing would hold a package back. */
export async function openDependencies(
  { home, install, tools }: Settings,
  { egress, sandbox, log }: Needs,
): Promise<Dependencies | null> {
  if (sandbox.kind === 'none') {
    return null;
  }
  return createDependencies({
    store: await createLayerStore({ home, maxBytes: install.cacheBytes, log, now: Date.now }),
    egress,
    sandbox,
    tools: toToolPaths(tools),
    timeoutMs: TIMEOUT_MS,
    elapsedMs: () => performance.now(),
  });
}
