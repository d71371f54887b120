import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { toInVain } from '../domain/egress-report.ts';
import type { InstallRequest, Provided } from '../ports/dependencies.ts';
import type { EgressProxy, EgressRules } from '../ports/egress.ts';
import type { Sandbox } from '../ports/sandbox.ts';
import { collectParts } from './collect-parts.ts';
import { explainFailure } from './explain-failure.ts';
import type { KeptLayer } from './layers/layer.ts';
import type { LayerStore } from './layers/layer-store.ts';
import type { Making } from './layers/make-layer.ts';
import { toPartName } from './part-name.ts';
import { watchRoom } from './watch-room.ts';

/** What installing needs of the rest. */
export interface BuildTools {
  readonly store: LayerStore;
  readonly egress: EgressProxy;
  readonly sandbox: Sandbox;
  /** Toolchains of the operator. */
  readonly tools: { readonly readOnly: readonly string[]; readonly path: readonly string[] };
  readonly timeoutMs: number;
  /** The share of the disk that is free, from 0 to 1; the system's word when absent. */
  readonly readFree?: (path: string) => Promise<number>;
  /** Milliseconds since some fixed moment; only differences mean something. */
  readonly elapsedMs: () => number;
}

/** One installation, decided in every respect. */
export interface Build {
  readonly key: string;
  readonly request: InstallRequest;
  readonly rules: EgressRules;
  readonly environment: Readonly<Record<string, string>>;
}

type Failed = Extract<Provided, { kind: 'failed' }>;

/** Installs in a directory that is thrown away, and keeps what was made. */
export async function buildLayer(
  build: Build,
  tools: BuildTools,
  signal: AbortSignal,
): Promise<KeptLayer | Failed> {
  const making = await tools.store.openMaking();
  try {
    await writeFiles(making.work, build.request.files);
    const startedMs = tools.elapsedMs();
    const ran = await install(build, making, { tools, signal });
    if (ran.kind === 'failed') {
      return ran;
    }
    const parts = await collectParts(making, build.request);
    const durationMs = Math.max(0, tools.elapsedMs() - startedMs);
    return await tools.store.keep(build.key, making, { parts, durationMs, notes: [...ran.notes] });
  } catch (error) {
    signal.throwIfAborted();
    const summary = `What was installed cannot be used: ${error instanceof Error ? error.message : String(error)}.`;
    return {
      kind: 'failed',
      summary,
      remedy: 'Look at the log of the server, then retry.',
      retriable: false,
    };
  } finally {
    await making.close();
  }
}

async function install(
  { request, rules, environment }: Build,
  { work, content }: Making,
  { tools, signal }: { readonly tools: BuildTools; readonly signal: AbortSignal },
): Promise<{ readonly kind: 'done'; readonly notes: readonly string[] } | Failed> {
  const { command, into } = request.installer;
  const inHome = into.filter((at) => at.startsWith('~/'));
  const mounts = inHome.map((at) => ({
    source: join(content, toPartName(at)),
    at,
    access: 'write' as const,
  }));
  await Promise.all(mounts.map(({ source }) => mkdir(source, { recursive: true })));
  const egress = await tools.egress.open(rules);
  const room = watchRoom(work, tools.readFree);
  try {
    const result = await tools.sandbox.run(
      {
        argv: ['/bin/sh', '-c', toScript(command)],
        tree: { path: work, access: 'write' },
        mounts,
        readOnly: tools.tools.readOnly,
        proxy: egress.socketPath,
        path: tools.tools.path,
        environment,
        timeoutMs: tools.timeoutMs,
      },
      AbortSignal.any([signal, room.signal]),
    );
    const report = egress.report();
    return explainFailure(result, { command, report }) ?? { kind: 'done', notes: toInVain(report) };
  } catch (error) {
    if (room.signal.aborted) {
      throw new Error('the disk of the server is nearly full', { cause: error });
    }
    throw error;
  } finally {
    room.close();
    await egress.close();
  }
}

/** Packages may bring directories that even their owner cannot enter: nobody could remove these. */
function toScript(command: string): string {
  return `(${command}\n)\ncode=$?\nchmod -R u+rwX .\nexit $code`;
}

async function writeFiles(work: string, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
  for (const [path, bytes] of files) {
    if (normalize(path) !== path || path.startsWith('../') || path.startsWith('/')) {
      throw new RangeError(`${path} is no path in a repository`);
    }
    await mkdir(dirname(join(work, path)), { recursive: true });
    await writeFile(join(work, path), bytes);
  }
}
