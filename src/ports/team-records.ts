import type { Repository } from '../domain/subject.ts';
import type { SeenRun } from '../domain/team/sight.ts';
import type { TeamSettings } from '../domain/team/team-settings.ts';
import type { Waking } from '../domain/team/waking.ts';

/** A repository in which the team works. */
export interface TeamRepository {
  readonly repository: Repository;
  readonly settings: TeamSettings;
  /** When it was seen to be enabled, in milliseconds: the launch of its team. */
  readonly launchedMs: number;
  /** Of the newest push that was looked at. */
  readonly pushedAt: string;
}

/** How a waking stands. `given-up`: it crashed too often, and the member does not wake again by itself. */
export type WakingState = 'running' | 'restarting' | 'ended' | 'given-up';

/** A waking as it is kept. */
export interface KeptWaking extends Waking {
  readonly state: WakingState;
  /** Milliseconds. */
  readonly beganMs: number;
  readonly endedMs: number | null;
  /** The process that began it. */
  readonly on: string;
  readonly crashes: number;
  /** What it came to, or why it crashed the last time. */
  readonly note: string;
}

/** What came of beginning a waking. Another one of the same member is at work when it is not this one's turn. */
export type Begun =
  | { readonly kind: 'began' }
  | { readonly kind: 'already-running'; readonly sinceMs: number; readonly on: string };

/** A restart that was made, or refused because there were too many. */
export interface Restart {
  readonly wakingId: string;
  readonly repositoryId: number;
  readonly member: string;
  readonly crash: number;
  readonly why: string;
  /** How long it was waited; null when it was not started again. */
  readonly waitMs: number | null;
  readonly atMs: number;
}

/** How long something took. */
export interface TaskDuration {
  readonly member: string;
  readonly type: string;
  readonly durationMs: number;
}

/** An issue or pull request that a member has taken. */
export interface Claim {
  readonly repositoryId: number;
  readonly number: number;
  readonly member: string;
  readonly runId: string;
}

/** What the team remembers, for all replicas. Each write is on disk when it returns. */
export interface TeamRecords {
  repositories(): Promise<readonly TeamRepository[]>;
  saveRepository(repository: Repository, settings: TeamSettings, pushedAt: string): Promise<void>;
  /** Where the team does not work any more; its history stays. */
  forgetRepository(repositoryId: number): Promise<void>;
  /** One waking of a member in a repository at a time, over all replicas. Safe to repeat. */
  begin(waking: Waking, on: string): Promise<Begun>;
  note(wakingId: string, change: { state: WakingState; crashes: number; note: string }): Promise<void>;
  /** The newest of each member in each repository. */
  wakings(): Promise<readonly KeptWaking[]>;
  addRestart(restart: Omit<Restart, 'atMs'>): Promise<void>;
  /** The newest first. */
  restarts(limit: number): Promise<readonly Restart[]>;
  /** Takes an issue; the member that has it when that is another one, else null. */
  claim(claim: Claim): Promise<string | null>;
  /** What was taken and came to nothing: a person has to change something first. */
  passOver(repositoryId: number, number: number): Promise<void>;
  /** When each issue was passed over, in milliseconds, by its number. */
  passedOver(repositoryId: number): Promise<ReadonlyMap<number, number>>;
  /** Gives back what nobody works on any more. */
  releaseEnded(repositoryId: number): Promise<void>;
  /** Runs of the repository, the newest first. */
  runs(repositoryId: number, limit: number): Promise<readonly SeenRun[]>;
  addDuration(duration: TaskDuration): Promise<void>;
  /** Members that the operator has stopped, and since when each was last started, in milliseconds. */
  switches(): Promise<ReadonlyMap<string, { readonly stopped: boolean; readonly atMs: number }>>;
  turn(member: string, to: 'started' | 'stopped'): Promise<void>;
}
