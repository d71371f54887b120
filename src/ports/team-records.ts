import type { Repository } from '../domain/subject.ts';
import type { Pressure } from '../domain/team/pressure.ts';
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
  /** What is wrong with what it says since, so that the settings are those from before; null when nothing. */
  readonly fault: string | null;
}

/** How a waking stands. `given-up`: it crashed too often, and the member does not wake again by itself. */
export type WakingState = 'running' | 'restarting' | 'ended' | 'given-up';

/** A waking as it is kept. */
export interface KeptWaking extends Waking {
  readonly state: WakingState;
  /** Milliseconds. */
  readonly beganMs: number;
  readonly endedMs: number | null;
  /** The process that has it in hand, or had it last. */
  readonly on: string;
  readonly crashes: number;
  /** What it came to, or why it crashed the last time. */
  readonly note: string;
  /** What kept it from a part of its work; while it is at work, the outage that those before it have met. */
  readonly pressures: readonly Pressure[];
}

/** How a waking stands now. What is not said of pressures is that there were none. */
export interface WakingNote extends Pick<KeptWaking, 'state' | 'crashes' | 'note'> {
  readonly pressures?: readonly Pressure[];
}

/** How many runs a member has open that take one of its places. */
export interface PlacesTaken {
  readonly repositoryId: number;
  readonly member: string;
  readonly open: number;
}

/** What came of beginning a waking. */
export type Begun =
  /** `atMs`: when it first began. */
  | { readonly kind: 'began'; readonly atMs: number }
  /** Another one came between it and the one that it was to follow, and is over. */
  | { readonly kind: 'late' }
  /** Another one of the same member is at work. */
  | { readonly kind: 'already-running'; readonly sinceMs: number; readonly on: string };

/** A restart that was made, or refused because there were too many. */
export interface Restart {
  /** What crashed: a waking, or a run with its step and attempt. */
  readonly work: string;
  readonly repositoryId: number;
  /** Null in a run that a person asked for. */
  readonly member: string | null;
  /** Whose agent it was; null when it was the member itself. */
  readonly role: string | null;
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
  /** The newest settings cannot be read; those that were saved hold. Nothing where there is no team. */
  noteFault(repositoryId: number, fault: string): Promise<void>;
  /** Where the team does not work any more; its history stays. */
  forgetRepository(repositoryId: number): Promise<void>;
  /** One waking of a member in a repository at a time, over all replicas. Safe to repeat. */
  begin(waking: Waking, on: string): Promise<Begun>;
  /** The process that has it in hand from now on. */
  moveTo(wakingId: string, on: string): Promise<void>;
  note(wakingId: string, change: WakingNote): Promise<void>;
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
  /** Of all members in these repositories; who has none is left out. */
  placesTaken(repositoryIds: readonly number[]): Promise<readonly PlacesTaken[]>;
  addDuration(duration: TaskDuration): Promise<void>;
  /** Members that the operator has stopped, and since when each was last started, in milliseconds. */
  switches(): Promise<ReadonlyMap<string, { readonly stopped: boolean; readonly atMs: number }>>;
  turn(member: string, to: 'started' | 'stopped'): Promise<void>;
}
