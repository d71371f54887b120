import type { Repository } from '../domain/subject.ts';
import type { ActiveMember } from '../domain/team/active-members.ts';
import type { Message } from '../domain/team/message.ts';
import type { SeenIssue, SeenPull, Sight } from '../domain/team/sight.ts';
import type { TeamSettings } from '../domain/team/team-settings.ts';
import type { ListedIssue, ListedPull } from '../ports/team-sight.ts';
import { ensureBoard } from './ensure-board.ts';
import type { TeamDesk } from './team-desk.ts';

/** Runs that are looked back at. */
const MAX_RUNS = 200;

/** Whose look it is, and where. */
export interface Looking {
  readonly repository: Repository;
  readonly team: TeamSettings;
  /** What is wrong with the newest settings, which therefore do not hold; null when nothing. */
  readonly fault: string | null;
  readonly active: ActiveMember;
  /** Names of the members that work there. */
  readonly members: readonly string[];
  readonly messages: readonly Message[];
}

/** Reads all that a member decides by. */
export async function look(looking: Looking, desk: TeamDesk): Promise<Sight> {
  const { repository, team, fault, active, members, messages } = looking;
  // First, so that it is among the issues.
  const board = await ensureBoard(repository, team, desk);
  const [issues, pulls, runs, taken, passedOver, wakings] = await Promise.all([
    desk.sight.issues(repository),
    desk.sight.pulls(repository),
    desk.records.runs(repository.id, MAX_RUNS),
    desk.records.placesTaken([repository.id]),
    desk.records.passedOver(repository.id),
    desk.records.wakings(),
  ]);
  const givenUp = wakings.filter((one) => one.repositoryId === repository.id && one.state === 'given-up');
  return {
    repository,
    nowMs: Date.parse(desk.clock.now()),
    members,
    givenUp: members.filter((name) => givenUp.some(({ member }) => member === name)),
    team,
    fault,
    own: active.own,
    issues: issues
      // Until somebody changes something about it.
      .filter(({ number, updatedAt }) => Date.parse(updatedAt) > (passedOver.get(number) ?? 0))
      .map(toSeenIssue),
    pulls: await Promise.all(pulls.map((pull) => toSeenPull(pull, looking, desk))),
    runs,
    placesTaken: taken.find(({ member }) => member === active.member.name)?.open ?? 0,
    messages,
    board,
  };
}

function toSeenIssue({ number, title, body, url, author, labels, createdAt }: ListedIssue): SeenIssue {
  return { number, title, body, url, author, labels, createdMs: Date.parse(createdAt) };
}

async function toSeenPull(
  { mergedAt, ...pull }: ListedPull,
  { repository, team, active }: Looking,
  desk: TeamDesk,
): Promise<SeenPull> {
  const isRead = active.member.readsFiles === true && pull.state === 'open';
  const paths = isRead ? await desk.sight.changedPaths(repository, pull.number) : [];
  return {
    ...pull,
    mergedMs: mergedAt === null ? null : Date.parse(mergedAt),
    // Anybody can copy a marker into a pull request, but only ours come from such a branch of the repository itself.
    issue: pull.fork || !pull.headRef.startsWith('baton/') ? null : desk.issueOf(repository.id, pull.body),
    touchesInterface: paths.some((path) => desk.matches(team.interfaces, path)),
  };
}
