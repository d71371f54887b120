/** Why a git process gave no result. */
export type GitFailure = 'failed' | 'timed-out' | 'aborted' | 'too-long';

export interface GitErrorFacts {
  readonly failure: GitFailure;
  /** The git command, such as `fetch`. */
  readonly command: string;
  /** `owner/name`. */
  readonly repository: string;
  /** What git printed, without secrets. */
  readonly stderr: string;
  /** Whether the command talked to the remote. */
  readonly remote: boolean;
  readonly timeoutMs: number;
}

/** A git process that did not succeed. The message says which, where, why, and what to do. */
export class GitError extends Error {
  override readonly name = 'GitError';
  readonly facts: GitErrorFacts;

  constructor(facts: GitErrorFacts) {
    super(`git ${facts.command} for ${facts.repository} ${toReason(facts)}. ${toRemedy(facts)}`);
    this.facts = facts;
  }
}

function toReason({ failure, stderr, timeoutMs }: GitErrorFacts): string {
  switch (failure) {
    case 'timed-out':
      return `took longer than ${timeoutMs / 1000} s and was stopped`;
    case 'aborted':
      return 'was stopped because the workspace is closing';
    case 'too-long':
      return 'printed more than can be handled';
    case 'failed':
      return `failed: ${stderr.trim().slice(0, 600) || 'it said nothing'}`;
  }
}

const REMEDIES: readonly (readonly [RegExp, string])[] = [
  [/no space left/i, 'Free disk space in the home directory, then retry'],
  [
    /could not resolve host|failed to connect|connection (refused|reset|timed out)/i,
    'Check the network and the proxy settings, then retry',
  ],
  [
    /authentication failed|terminal prompts disabled|error: 40[13]/i,
    'Check that the App is installed on the repository with read and write permission for contents',
  ],
  [/not found|error: 404/i, 'Check that the repository still exists and that the App is installed on it'],
  [/protocol .* not allowed|transport .* not allowed/i, 'Use an http or https remote'],
];

function toRemedy({ failure, stderr }: GitErrorFacts): string {
  switch (failure) {
    case 'timed-out':
      return 'Retry, or raise the time limit when the repository is very large';
    case 'aborted':
      return 'Nothing to do: it is done again after the next start';
    case 'too-long':
      return 'The change is too large to be judged: make it smaller';
    case 'failed':
      return (
        REMEDIES.find(([pattern]) => pattern.test(stderr))?.[1] ??
        'Retry; if it fails again, look at the log of the server'
      );
  }
}
