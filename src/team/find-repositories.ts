import type { Repository } from '../domain/subject.ts';
import type { TeamSettings } from '../domain/team/team-settings.ts';
import type { InstalledRepository } from '../ports/team-sight.ts';
import type { TeamDesk } from './team-desk.ts';

/** What a repository says about its team; null when nothing can be learnt now. */
export type ReadTeamSettings = (repository: Repository) => Promise<TeamSettings | null>;

/** Finds the repositories that have a team, and what they say about it. */
export type FindRepositories = () => Promise<void>;

/** Looks only at what was pushed to since the last look. */
export function createFindRepositories(desk: TeamDesk, readSettings: ReadTeamSettings): FindRepositories {
  const seen = new Map<number, string>();

  async function lookAt({ pushedAt, ...repository }: InstalledRepository): Promise<void> {
    if (seen.get(repository.id) === pushedAt) {
      return;
    }
    const settings = await readSettings(repository);
    if (settings === null) {
      return;
    }
    await (settings.enabled
      ? desk.records.saveRepository(repository, settings, pushedAt)
      : desk.records.forgetRepository(repository.id));
    seen.set(repository.id, pushedAt);
  }

  return async function findRepositories() {
    const installed = await desk.sight.installed();
    for (const repository of installed) {
      await lookAt(repository);
    }
    const ids = new Set(installed.map(({ id }) => id));
    for (const { repository } of await desk.records.repositories()) {
      if (!ids.has(repository.id)) {
        await desk.records.forgetRepository(repository.id);
        seen.delete(repository.id);
      }
    }
  };
}
