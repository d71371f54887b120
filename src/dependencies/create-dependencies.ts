import type { CommandResult } from '../domain/evidence.ts';
import type { Dependencies, InstallRequest, Provided } from '../ports/dependencies.ts';
import type { EgressPlan } from '../ports/egress.ts';
import { type BuildTools, buildLayer } from './build-layer.ts';
import { toLayerKey } from './layer-key.ts';
import type { KeptLayer } from './layers/layer.ts';
import { createWorkOnce } from './work-once.ts';

export interface DependenciesOptions extends BuildTools {
  /** Further variables for every installation. */
  readonly environment?: Readonly<Record<string, string>>;
}

const TRIAL_MS = 60_000;

type Failed = Extract<Provided, { kind: 'failed' }>;

/** Installs in the sandbox what a lock file names, once, and gives the same directories to whoever needs them. */
export function createDependencies(options: DependenciesOptions): Dependencies {
  const workOnce = createWorkOnce<KeptLayer | Failed>();
  const toolchains = new Map<string, Promise<CommandResult>>();

  /** What the programs say of their versions; asked once, since they do not change while the server runs. */
  async function readToolchain(command: string, signal: AbortSignal): Promise<string | Failed> {
    const asked = toolchains.get(command) ?? askToolchain(command, options);
    toolchains.set(command, asked);
    const result = await asked;
    signal.throwIfAborted();
    if (result.kind === 'exited' && result.code === 0) {
      return result.output;
    }
    toolchains.delete(command);
    return toMissing(command, result);
  }

  return {
    async provide(request, signal) {
      signal.throwIfAborted();
      const { installer, hosts } = request;
      const plan = options.egress.plan({ registry: installer.registry, hosts, sends: false });
      if (plan.kind !== 'allowed') {
        return toRefused(plan);
      }
      const toolchain = await readToolchain(installer.toolchain, signal);
      if (typeof toolchain !== 'string') {
        return toolchain;
      }
      const environment = toEnvironment(request, plan, options);
      const key = toLayerKey(request, { toolchain, environment });
      const found = await options.store.find(key);
      if (found !== null) {
        return toProvided(found, true);
      }
      const build = { key, request, rules: plan.rules, environment };
      const made = await workOnce(key, (stop) => buildLayer(build, options, stop), signal);
      return 'kind' in made ? made : toProvided(made, false);
    },
  };
}

function askToolchain(command: string, { sandbox, tools }: DependenciesOptions): Promise<CommandResult> {
  return sandbox.run(
    {
      argv: ['/bin/sh', '-c', command],
      tree: { path: '/usr', access: 'read' },
      readOnly: tools.readOnly,
      path: tools.path,
      timeoutMs: TRIAL_MS,
    },
    new AbortController().signal,
  );
}

function toMissing(command: string, result: CommandResult): Failed {
  const said = result.kind === 'unavailable' ? result.reason : result.output.trim().slice(-500);
  return {
    kind: 'failed',
    summary: `The programs that install are missing: \`${command}\` says: ${said}`,
    remedy:
      result.kind === 'unavailable'
        ? result.remedy
        : 'Install them on the server and add their directory to BATON_TOOLS.',
    retriable: false,
  };
}

function toRefused(plan: Exclude<EgressPlan, { kind: 'allowed' }>): Failed {
  return plan.kind === 'forbidden'
    ? {
        kind: 'failed',
        summary: `.github/baton.yml asks for hosts that the operator does not allow: ${plan.hosts.join(', ')}.`,
        remedy: 'Take them out of `install.hosts`, or ask the operator to add them to BATON_INSTALL_HOSTS.',
        retriable: false,
      }
    : {
        kind: 'failed',
        summary: `The operator has switched off the registry ${plan.name}.`,
        remedy: `Take \`${plan.name}=off\` out of BATON_REGISTRIES, or set \`install.enabled\` to false in .github/baton.yml.`,
        retriable: false,
      };
}

function toEnvironment(
  { installer, scripts }: InstallRequest,
  plan: Extract<EgressPlan, { kind: 'allowed' }>,
  options: DependenciesOptions,
): Readonly<Record<string, string>> {
  return {
    CI: 'true',
    ...installer.environment,
    ...options.environment,
    ...plan.environment,
    ...(scripts ? {} : installer.withoutScripts),
  };
}

function toProvided({ parts, content, durationMs, notes }: KeptLayer, cached: boolean): Provided {
  return {
    kind: 'installed',
    mounts: parts.map(({ at, path, scratch }) => ({
      source: `${content}/${path}`,
      at,
      access: 'read',
      scratch,
    })),
    cached,
    durationMs,
    notes,
  };
}
