import type { TeamSettings } from '../domain/team/team-settings.ts';
import type { CatalogFault } from './fault.ts';
import type { YamlSource } from './yaml-source.ts';

/** What the settings of a team may name. */
interface Known {
  readonly members: ReadonlySet<string>;
  /** The workflows there are. */
  readonly subjects: ReadonlyMap<string, unknown>;
}

/** Whether those who are named can be in a team, and start workflows that there are. */
export function checkTeam(source: YamlSource, team: TeamSettings, known: Known): readonly CatalogFault[] {
  const { file } = source;
  return Object.entries(team.members).flatMap(([name, { workflow, every, cron }]) => {
    const faults: Pick<CatalogFault, 'message' | 'remedy'>[] = [];
    if (!known.members.has(name)) {
      faults.push({
        message: `there is no member '${name}' of a team`,
        remedy: `Name one of ${[...known.members].join(', ')}.`,
      });
    }
    if (workflow !== undefined && !known.subjects.has(workflow)) {
      faults.push({
        message: `${name} would start '${workflow}', and there is no such workflow`,
        remedy: `Name one of ${[...known.subjects.keys()].join(', ')}.`,
      });
    }
    if (every !== undefined && cron !== undefined) {
      faults.push({ message: `${name} has both 'every' and 'cron'`, remedy: 'Keep one of the two.' });
    }
    return faults.map((fault) => ({ file, ...source.locate(['team', 'members']), ...fault }));
  });
}
