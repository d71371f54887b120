import type { RestartRules } from '../domain/after-crash.ts';
import type { Intent } from '../domain/intent.ts';
import type { SurfaceInput } from '../domain/surface.ts';
import type { Member } from '../domain/team/member.ts';
import type { TeamNote } from '../domain/team/team-note.ts';
import type { Clock } from '../ports/clock.ts';
import type { CodeHost } from '../ports/code-host.ts';
import type { Log } from '../ports/log.ts';
import type { Messages } from '../ports/messages.ts';
import type { TeamRecords } from '../ports/team-records.ts';
import type { TeamSight } from '../ports/team-sight.ts';
import type { Traces } from '../ports/traces.ts';
import type { Supervisor } from './create-supervisor.ts';

/** What the team's work needs of the rest. */
export interface TeamDesk {
  readonly members: readonly Member[];
  readonly records: TeamRecords;
  readonly messages: Messages;
  readonly sight: TeamSight;
  readonly codeHost: Pick<CodeHost, 'ensure' | 'ensureIssue'>;
  readonly clock: Clock;
  /** Resolves after so many milliseconds; rejects as soon as the signal says so. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly log: Log;
  readonly rules: RestartRules;
  readonly traces: Traces;
  readonly supervisor: Pick<Supervisor, 'attend'>;
  /** Name of this process, for whoever asks where a member is at work. */
  readonly process: string;
  readonly pid: number;
  /** Our own account on GitHub. */
  readonly login: string;
  /** Does what is asked, with all checks. Safe to repeat. */
  readonly handle: (intent: Intent) => Promise<void>;
  /** The id that the run of an intent has. */
  readonly runIdOf: (intent: Intent) => string;
  /** Whether an error says that GitHub is away or wants to be left alone, so that nothing here has crashed. */
  readonly isOutage: (error: unknown) => boolean;
  /** Whether all requests for an installation wait because GitHub wants to be left alone by it. */
  readonly isLeftAlone: (installationId: number) => boolean;
  readonly hasRun: (id: string) => Promise<boolean>;
  /** The issue that a pull request of ours was made for, by the marker in its body. */
  readonly issueOf: (repositoryId: number, body: string) => number | null;
  readonly matches: (globs: readonly string[], path: string) => boolean;
  /** Whether what is shown under this key of this owner was ever put on GitHub. */
  readonly hasShown: (owner: string, key: string) => Promise<boolean>;
  readonly show: (key: string, note: TeamNote) => SurfaceInput;
  /** Title and body of the issue that a team reports in. */
  readonly board: { readonly title: string; readonly body: string };
}
