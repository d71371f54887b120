import type { Need } from '../auth/require-access.ts';

/** What each kind of write asks for. Names say what is done; a pull request is also an issue. */
export const NEEDS = {
  takePart: { role: 'read', permissions: ['issues', 'pull_requests'] },
  openIssue: { role: 'read', permissions: ['issues'] },
  readIssues: { role: 'read', permissions: ['issues', 'pull_requests'] },
  triage: { role: 'triage', permissions: ['issues', 'pull_requests'] },
  editLabels: { role: 'write', permissions: ['issues', 'pull_requests'] },
  writeContents: { role: 'write', permissions: ['contents'] },
  readContents: { role: 'read', permissions: ['contents'] },
  writePulls: { role: 'write', permissions: ['pull_requests'] },
  openPull: { role: 'read', permissions: ['pull_requests'] },
  reviewPulls: { role: 'read', permissions: ['pull_requests'] },
  writeChecks: { role: 'write', permissions: ['checks'] },
  readChecks: { role: 'read', permissions: ['checks'] },
  writeStatuses: { role: 'write', permissions: ['statuses'] },
  administer: { role: 'admin', permissions: ['administration'] },
  readMetadata: { role: 'read', permissions: ['metadata'] },
} as const satisfies Record<string, Need>;
