/** What was last measured of an agent at work, or of a server. Times are milliseconds. */
export interface Health {
  readonly id: string;
  /** The server in which it works. */
  readonly process: string;
  readonly repositoryId: number | null;
  /** The member it works for; null for a person's run, and for a server itself. */
  readonly member: string | null;
  /** What it is at: a run and its step, or `server`. */
  readonly work: string;
  /** Null while it has no process of its own. */
  readonly pid: number | null;
  readonly startedMs: number;
  /** When it was last heard of; null when it never was. */
  readonly heartbeatMs: number | null;
  readonly cpuPercent: number | null;
  readonly memoryBytes: number;
  readonly ailments: readonly string[];
}

/** What replicas know of each other's agents. */
export interface AgentHealth {
  /** What is measured in this process now; what was there before and is not any more is forgotten. */
  save(process: string, all: readonly Health[]): Promise<void>;
  /** Of all processes that were looked at since, in milliseconds. */
  read(sinceMs: number): Promise<readonly Health[]>;
}
