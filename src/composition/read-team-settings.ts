import { CatalogError } from '../catalog/fault.ts';
import type { Sha } from '../domain/sha.ts';
import type { Repository } from '../domain/subject.ts';
import { ensureSurfaces } from '../orchestration/ensure-surfaces.ts';
import { faultyConfiguration } from '../presentation/configuration-check.ts';
import type { TeamReading } from '../team/find-repositories.ts';
import type { Parts } from './parts.ts';
import { toFaultFinding } from './to-fault-finding.ts';

/** A check run stands on a commit, and this one is about no issue. */
const NO_ISSUE = 0;

/** What holds for the team on the default branch. A fault of it is shown at the commit: nobody may have proposed it. */
export async function readTeamSettings(parts: Parts, repository: Repository): Promise<TeamReading> {
  const { workspace, log } = parts;
  const place = `${repository.owner}/${repository.name}`;
  try {
    const { sha } = await workspace.readBase(repository);
    return await readAt(sha, repository, parts);
  } catch (error) {
    log.debug({ error, repository: place }, 'the settings of a team cannot be read');
    return { kind: 'unknown' };
  }
}

async function readAt(sha: Sha, repository: Repository, parts: Parts): Promise<TeamReading> {
  const { catalogAt, log } = parts;
  try {
    return { kind: 'right', settings: (await catalogAt(repository, sha)).settings.team };
  } catch (error) {
    if (!(error instanceof CatalogError)) {
      throw error;
    }
    log.warn(
      { error, repository: `${repository.owner}/${repository.name}` },
      'the settings of a team have a fault; those from before hold, if there were any',
    );
    const surface = faultyConfiguration(sha, error.faults.map(toFaultFinding));
    const subject = { repository, number: NO_ISSUE };
    const owner = `configuration:${repository.id}`;
    return {
      kind: 'faulty',
      fault: error.message,
      show: () => ensureSurfaces({ subject, owner, surfaces: [surface] }, parts),
    };
  }
}
