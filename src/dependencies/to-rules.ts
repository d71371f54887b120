import type { InstallRequest } from '../ports/dependencies.ts';
import type { EgressRules, Host } from '../ports/egress.ts';

/** What the operator says of installations. */
export interface InstallPolicy {
  /** URL of a mirror by the name of the registry that it stands for, such as `npm`. */
  readonly mirrors: ReadonlyMap<string, string>;
  /** Hosts that repositories may ask for, as `name` or `name:port`. They may lie in a private network. */
  readonly hosts: readonly string[];
}

/** Where an installation may reach, or what a repository asks for that it may not. */
export type RulesAnswer =
  | { readonly kind: 'allowed'; readonly rules: EgressRules; readonly mirror: string | null }
  | { readonly kind: 'forbidden'; readonly hosts: readonly string[] };

/** The registry or the mirror in its place, and of the operator's hosts those that the repository asks for. */
export function toRules({ installer, hosts }: InstallRequest, policy: InstallPolicy): RulesAnswer {
  const allowed = new Set(policy.hosts.map(toHost).map(toKey));
  const asked = hosts.map(toHost);
  const forbidden = asked.map(toKey).filter((host) => !allowed.has(host));
  if (forbidden.length > 0) {
    return { kind: 'forbidden', hosts: forbidden };
  }
  const { registry } = installer;
  const mirror = policy.mirrors.get(registry.name) ?? null;
  const inside = [...asked, ...(mirror === null ? [] : [hostOf(mirror)])];
  const outside = mirror === null ? registry.hosts.map(toHost) : [];
  return { kind: 'allowed', rules: { hosts: [...inside, ...outside], inside }, mirror };
}

/** A host as it is written in settings: `name`, or `name:port`. */
function toHost(text: string): Host {
  const [name = '', port = '443'] = text.toLowerCase().split(':');
  return { name, port: Number(port) };
}

function hostOf(url: string): Host {
  const { protocol, hostname, port } = new URL(url);
  const usual = protocol === 'http:' ? 80 : 443;
  return { name: hostname, port: port === '' ? usual : Number(port) };
}

function toKey({ name, port }: Host): string {
  return `${name}:${port}`;
}
