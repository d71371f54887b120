import { repositorySettingsSchema } from './repository-settings.ts';
import type { BegunRun } from './run.ts';

/** Logins of those who alone may release a security hold of the run; empty when everybody with write access may. */
export function approversOf({ settings }: Pick<BegunRun, 'settings'>): readonly string[] {
  // A run that began under an earlier version has no such settings.
  return repositorySettingsSchema.shape.security.parse(settings.security).approvers;
}
