import type { Registry } from '../../domain/registry.ts';
import type { EgressNeed, EgressPlan, Host } from '../../ports/egress.ts';

/** What the operator says of ways out. */
export interface EgressPolicy {
  /** The URL of a mirror by the name of the registry that it stands for, such as `npm`; null switches that off. */
  readonly mirrors: ReadonlyMap<string, string | null>;
  /** Hosts that repositories may ask for, as `name` or `name:port`. They may lie in a private network. */
  readonly hosts: readonly string[];
}

/** The registry or the mirror in its place, and of the operator's hosts those that are asked for. */
export function planEgress({ registry, hosts, sends }: EgressNeed, policy: EgressPolicy): EgressPlan {
  const allowed = new Set(policy.hosts.map(toHost).map(toKey));
  const asked = hosts.map(toHost);
  const forbidden = asked.map(toKey).filter((host) => !allowed.has(host));
  if (forbidden.length > 0) {
    return { kind: 'forbidden', hosts: forbidden };
  }
  const name = findName(registry, policy);
  const mirror = policy.mirrors.get(name);
  if (mirror === null) {
    return { kind: 'switched-off', name };
  }
  const inside = [...asked, ...(mirror === undefined ? [] : [hostOf(mirror)])];
  const outside = mirror === undefined ? registry.hosts.map(toHost) : [];
  return {
    kind: 'allowed',
    rules: { hosts: [...inside, ...outside], inside, sends },
    environment: mirror === undefined ? {} : { [registry.variable]: mirror },
  };
}

/** The name under which the operator has said something, if any. */
function findName({ name, orMirrorOf = name }: Registry, { mirrors }: EgressPolicy): string {
  return mirrors.has(name) ? name : orMirrorOf;
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
