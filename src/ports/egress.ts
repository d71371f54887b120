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
}

/** One place that somebody asked for in vain, as `name:port`, and why. */
export interface EgressNote {
  readonly target: string;
  readonly why: string;
}

/** What went through an egress, and what did not. Each place is told once, and of many only the first. */
export interface EgressReport {
  /** What the rules forbid: asking again gives the same. */
  readonly refused: readonly EgressNote[];
  /** What went over a limit: of bytes, silence or time. */
  readonly cutOff: readonly EgressNote[];
  /** What was allowed and did not answer. */
  readonly unreachable: readonly EgressNote[];
  /** Both directions together. */
  readonly bytes: number;
}

/** A way out of a sandbox that has no network. */
export interface Egress {
  /** Path of a unix socket that speaks the protocol of HTTP proxies; it can be bound into a sandbox. */
  readonly socketPath: string;
  report(): EgressReport;
  /** Ends all connections and removes the socket. Safe to call twice. */
  close(): Promise<void>;
}

/** Opens ways out, each with rules of its own. */
export interface EgressProxy {
  open(rules: EgressRules): Promise<Egress>;
}
