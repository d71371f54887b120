/** The names that may be labels. Whatever a repository calls something by itself is `other`. */
export interface KnownNames {
  readonly workflows: ReadonlySet<string>;
  readonly steps: ReadonlySet<string>;
  readonly roles: ReadonlySet<string>;
  readonly gates: ReadonlySet<string>;
  /** Gates that look for weaknesses. */
  readonly securityGates: ReadonlySet<string>;
  readonly models: ReadonlySet<string>;
  /** Members of the team. */
  readonly members: ReadonlySet<string>;
}

/** The name itself when it is one of ours: a label that anybody can make up would be a series that nobody bounded. */
export function toLabel(name: string | null, known: ReadonlySet<string>): string {
  return name !== null && known.has(name) ? name : 'other';
}
