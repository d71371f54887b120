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

/** A server that has ended in order. */
export interface EndedServer {
  readonly process: string;
  /** Milliseconds. */
  readonly endedMs: number;
}

/** What replicas know of each other's agents. */
export interface AgentHealth {
  /** What is measured in this process now; what was there before and is not any more is forgotten. */
  save(process: string, all: readonly Health[]): Promise<void>;
  /** The last word of a process: it has ended in order, and so have its agents. */
  end(process: string): Promise<void>;
  /** The newest server that has ended in order, within the last day; null when there is none. */
  ended(): Promise<EndedServer | null>;
  /** Of all processes that were looked at since, in milliseconds, and have not ended. */
  read(sinceMs: number): Promise<readonly Health[]>;
}
