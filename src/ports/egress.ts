import type { EgressReport } from '../domain/egress-report.ts';
import type { Registry } from '../domain/registry.ts';

/** A place in the network: a host by its name, and a port. */
export interface Host {
  /** In lower case; never an address. */
  readonly name: string;
  readonly port: number;
}

/** Where one egress leads. */
export interface EgressRules {
  /** All that can be reached, by exact name and port. */
  readonly hosts: readonly Host[];
  /** Those of the hosts that may lie in a private network: the operator has named them. */
  readonly inside: readonly Host[];
  /** Whether questions may have a body. Behind encryption nobody sees whether they do. */
  readonly sends: boolean;
}

/** A way out of a sandbox that has no network. */
export interface Egress {
  /** Path of a unix socket that speaks the protocol of HTTP proxies; it can be bound into a sandbox. */
  readonly socketPath: string;
  report(): EgressReport;
  /** Ends all connections and removes the socket. Safe to call twice. */
  close(): Promise<void>;
}

/** What somebody has to reach. */
export interface EgressNeed {
  readonly registry: Registry;
  /** Further hosts, as `name` or `name:port`. */
  readonly hosts: readonly string[];
  /** Whether it asks by POST, and does not only fetch. */
  readonly sends: boolean;
}

/** What the operator says to a need. */
export type EgressPlan =
  | {
      readonly kind: 'allowed';
      readonly rules: EgressRules;
      /** Variables that lead programs to the mirror, where there is one. */
      readonly environment: Readonly<Record<string, string>>;
    }
  /** Hosts that nobody has allowed. */
  | { readonly kind: 'forbidden'; readonly hosts: readonly string[] }
  | { readonly kind: 'switched-off'; readonly name: string };

/** Opens ways out, each with rules of its own. */
export interface EgressProxy {
  plan(need: EgressNeed): EgressPlan;
  open(rules: EgressRules): Promise<Egress>;
}
