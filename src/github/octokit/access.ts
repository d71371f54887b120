/**
 * What a token may be used for, and the least permissions that takes. Comments, labels and reactions on pull requests
 * are written as on issues.
 */
export const ACCESS = {
  read: { metadata: 'read', issues: 'read', pull_requests: 'read' },
  issues: { issues: 'write' },
  checks: { checks: 'write' },
  pulls: { pull_requests: 'write', contents: 'read' },
  merge: { pull_requests: 'write', contents: 'write' },
  members: { members: 'read' },
  fetch: { contents: 'read' },
  push: { contents: 'write' },
} as const satisfies Readonly<Record<string, Readonly<Record<string, 'read' | 'write'>>>>;

export type Access = keyof typeof ACCESS;

/** What a token may be used for as well, where an installation has been given more than Baton needs. */
export const OPTIONAL: Readonly<Partial<Record<Access, Readonly<Record<string, 'write'>>>>> = {
  push: { workflows: 'write' },
};
