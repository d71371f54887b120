import type { Repository } from '../domain/subject.ts';
import type { TeamSettings } from '../domain/team/team-settings.ts';
import type { InstalledRepository } from '../ports/team-sight.ts';
import type { TeamDesk } from './team-desk.ts';

/** What a repository says about its team. */
export type TeamReading =
  | { readonly kind: 'right'; readonly settings: TeamSettings }
  | { readonly kind: 'faulty'; readonly fault: string }
  /** Nothing can be learnt now. */
  | { readonly kind: 'unknown' };

export type ReadTeamSettings = (repository: Repository) => Promise<TeamReading>;

/** Finds the repositories that have a team, and what they say about it. */
export type FindRepositories = () => Promise<void>;

/** Looks only at what was pushed to since the last look, or is found in another place. */
export function createFindRepositories(
  desk: Pick<TeamDesk, 'sight' | 'records'>,
  readSettings: ReadTeamSettings,
): FindRepositories {
  const seen = new Map<number, string>();

  async function lookAt({ pushedAt, ...repository }: InstalledRepository): Promise<void> {
    const { id, owner, name, installationId } = repository;
    const state = `${pushedAt} ${owner}/${name} ${installationId}`;
    if (seen.get(id) === state) {
      return;
    }
    const reading = await readSettings(repository);
    if (reading.kind === 'unknown') {
      return;
    }
    if (reading.kind === 'faulty') {
      await desk.records.noteFault(id, reading.fault);
    } else if (reading.settings.enabled) {
      await desk.records.saveRepository(repository, reading.settings, pushedAt);
    } else {
      await desk.records.forgetRepository(id);
    }
    seen.set(id, state);
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
