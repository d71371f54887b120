import type { Member } from '../domain/team/member.ts';
import { DEFAULT_MEMBER_SETTINGS, type MemberSettings } from '../domain/team/member-settings.ts';
import type { TeamSettings } from '../domain/team/team-settings.ts';
import type { CatalogFault } from './fault.ts';
import type { YamlSource } from './yaml-source.ts';

/** What the settings of a team may name. */
interface Known {
  readonly members: ReadonlyMap<string, Pick<Member, 'startsNothing'>>;
  /** The workflows there are. */
  readonly subjects: ReadonlyMap<string, unknown>;
}

/** Whether those who are named can be in a team, and start workflows that there are. */
export function checkTeam(source: YamlSource, team: TeamSettings, known: Known): readonly CatalogFault[] {
  const { file } = source;
  return Object.entries(team.members).flatMap(([name, own]) => {
    const { workflow, every, cron } = own;
    const member = known.members.get(name);
    const faults: Pick<CatalogFault, 'message' | 'remedy'>[] =
      member?.startsNothing === true ? findMeaningless(name, own) : [];
    if (member === undefined) {
      faults.push({
        message: `there is no member '${name}' of a team`,
        remedy: `Name one of ${[...known.members.keys()].join(', ')}.`,
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

/** What is said about the runs of one that starts none. */
function findMeaningless(
  name: string,
  { autoApprove, workflow, atOnce }: MemberSettings,
): Pick<CatalogFault, 'message' | 'remedy'>[] {
  const said = [
    ['autoApprove', autoApprove],
    ['workflow', workflow !== undefined],
    ['atOnce', atOnce !== DEFAULT_MEMBER_SETTINGS.atOnce],
  ] as const;
  return said
    .filter(([, isSaid]) => isSaid)
    .map(([setting]) => ({
      message: `${name} starts no runs, so '${setting}' means nothing there`,
      remedy: 'Leave it out. It is for members that start runs.',
    }));
}
