import type { Settings } from '../../config/settings.ts';
import type { Sandbox } from '../../ports/sandbox.ts';
import type { AppDesk } from './open-app-desk.ts';

/** What a check found. What is not right says how it is mended. */
export type Line =
  | { readonly level: 'ok'; readonly text: string }
  | { readonly level: 'warn' | 'fail'; readonly text: string; readonly remedy: string };

/** What checks look at. What several need is opened once, by the first who asks. */
export interface Patient {
  readonly settings: Settings;
  /** Whether the checks are part of a server that has just started, or stand alone. */
  readonly within: 'server' | 'nothing';
  /** URL of the database; null when it is one of our own that has not been made yet. */
  readonly database: () => Promise<string | null>;
  readonly sandbox: () => Promise<Sandbox>;
  readonly app: () => Promise<AppDesk>;
}

/**
 * One look at one thing. It changes nothing that stays. What it throws is a FAIL, and so is taking too long.
 * A check of the machine needs no settings, so it is made also when these are wrong.
 */
export type Check = {
  readonly name: string;
  /** A server does not make it when it starts: it has just proved the same, or it is nothing to be told each time. */
  readonly notAtStart?: true;
} & (
  | { readonly of: 'machine'; run(): Promise<readonly Line[]> }
  | { readonly of: 'settings'; run(patient: Patient, signal: AbortSignal): Promise<readonly Line[]> }
);

/** A line and the check that it comes from. */
export type Finding = Line & { readonly check: string };

export function ok(text: string): Line {
  return { level: 'ok', text };
}

export function warn(text: string, remedy: string): Line {
  return { level: 'warn', text, remedy };
}

export function fail(text: string, remedy: string): Line {
  return { level: 'fail', text, remedy };
}
