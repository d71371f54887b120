import type { Settings } from '../config/settings.ts';
import { createDependencies } from '../dependencies/create-dependencies.ts';
import { createLayerStore } from '../dependencies/layers/layer-store.ts';
import { createEgressProxy } from '../gateway/egress/create-egress-proxy.ts';
import type { Dependencies } from '../ports/dependencies.ts';
import type { Log } from '../ports/log.ts';
import type { Sandbox } from '../ports/sandbox.ts';
import { toToolPaths } from './tool-paths.ts';

/** How long one installation may take, in milliseconds. */
const TIMEOUT_MS = 15 * 60_000;

/** Dependencies, with a way out that must be closed. */
export type OpenDependencies = Dependencies & { close(): Promise<void> };

/** What installs for gates and agents; null without a sandbox, where nothing would hold a package back. */
export async function openDependencies(
  { home, install, tools }: Settings,
  { sandbox, log }: { readonly sandbox: Sandbox; readonly log: Log },
): Promise<OpenDependencies | null> {
  if (sandbox.kind === 'none') {
    return null;
  }
  const [store, egress] = await Promise.all([
    createLayerStore({ home, maxBytes: install.cacheBytes, log, now: Date.now }),
    createEgressProxy({ home }),
  ]);
  const dependencies = createDependencies({
    store,
    egress,
    sandbox,
    tools: toToolPaths(tools),
    timeoutMs: TIMEOUT_MS,
    elapsedMs: () => performance.now(),
    policy: { mirrors: install.mirrors, hosts: install.hosts },
  });
  return { ...dependencies, close: () => egress.close() };
}
