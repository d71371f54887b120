import { toSeconds } from './duration.ts';
import type { Member } from './member.ts';
import { DEFAULT_MEMBER_SETTINGS, type MemberSettings } from './member-settings.ts';
import type { Schedule } from './schedule.ts';
import type { TeamSettings } from './team-settings.ts';

/** A member as it works in one repository. */
export interface ActiveMember {
  readonly member: Member;
  readonly own: MemberSettings;
  readonly priority: number;
  readonly schedule: Schedule;
}

/** The members that work in a repository, in the order of their launch: who wakes more often first where it is the same. */
export function activeMembers(members: readonly Member[], settings: TeamSettings): readonly ActiveMember[] {
  const active = members.map((member) => {
    const own = settings.members[member.name] ?? DEFAULT_MEMBER_SETTINGS;
    return { member, own, priority: own.priority ?? member.priority, schedule: toSchedule(member, own) };
  });
  return active
    .filter(({ own }) => own.enabled)
    .toSorted((a, b) => a.priority - b.priority || a.member.everySeconds - b.member.everySeconds);
}

function toSchedule({ everySeconds }: Member, { every, cron }: MemberSettings): Schedule {
  return cron === undefined
    ? { kind: 'every', seconds: every === undefined ? everySeconds : toSeconds(every) }
    : { kind: 'cron', expression: cron };
}
