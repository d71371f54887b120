import type { Actor } from './actor.ts';
import { repositorySettingsSchema } from './repository-settings.ts';
import type { BegunRun } from './run.ts';

/** Those who alone may release a security hold of the run, as its repository names them; empty when everybody with write access may. */
export function approversOf({ settings }: Pick<BegunRun, 'settings'>): readonly string[] {
  // A run that began under an earlier version has no such settings.
  return repositorySettingsSchema.shape.security.parse(settings.security).approvers;
}

/** Whether an approver is a team, `organization/team`. */
export function isTeam(approver: string): boolean {
  return approver.includes('/');
}

/** Whether a person is an approver: by login, by numeric id, or by a team that they were found to be in. */
export function isApprover(approvers: readonly string[], { id, login }: Actor, team?: string): boolean {
  return approvers.some((one) =>
    isTeam(one) ? one === team : one === String(id) || one.toLowerCase() === login.toLowerCase(),
  );
}
