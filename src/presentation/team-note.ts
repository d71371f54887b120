import type { SurfaceInput } from '../domain/surface.ts';
import type { DoneItem, TeamNote } from '../domain/team/team-note.ts';
import { code, fence } from './fence.ts';
import { moment } from './moment.ts';

const MAX_LISTED = 50;

/** States of runs in other words than our own. */
const STATES = new Map([['held', 'waits for people']]);
const MAX_WHY = 2000;

/** The issue that a team reports in. */
export const TEAM_BOARD = {
  title: 'Baton: the team of this repository',
  body: [
    'The standing team of Baton reports here. It works because `.github/baton.yml` has `team: { enabled: true }`.',
    'One comment says how things stand and is kept up to date; a second one says for which members GitHub is away for long, if it ever is. A further one is written when a member cannot go on, and for each run that has no other issue, such as a search through the code. Close this issue, or lock it, and the team goes on without a word.',
  ].join('\n\n'),
} as const;

/** What a member writes down on GitHub. `key` tells its notes apart. */
export function teamNote(key: string, note: TeamNote): SurfaceInput {
  return { kind: 'comment', key: `team:${key}`, body: toBody(note) };
}

function toBody(note: TeamNote): string {
  switch (note.kind) {
    case 'done-check':
      return doneCheck(note);
    case 'report':
      return report(note);
    case 'given-up':
      return [
        `### 🚨 ${code(note.member)} does not work any more`,
        `It crashed ${note.crashes} times, one after the other, and is not started again by itself. The other members go on.`,
        fence(note.why, MAX_WHY),
        `When the cause is mended, the operator starts it again: ${code(`npm run baton -- team start --agents ${note.member}`)}.`,
      ].join('\n\n');
    case 'outage':
      return outage(note);
  }
}

function doneCheck({ issue, items }: Extract<TeamNote, { kind: 'done-check' }>): string {
  const missing = items.filter(({ holds }) => !holds).length;
  const verdict =
    missing === 0
      ? `Everything that has to hold for issue #${issue} does.`
      : `${missing} of ${items.length} points ${missing === 1 ? 'does' : 'do'} not hold for issue #${issue}. All of them are looked at again each time that the project manager wakes.`;
  return ['### Definition of done', verdict, items.map(doneItem).join('\n')].join('\n\n');
}

function doneItem({ what, holds, why }: DoneItem): string {
  return `- ${holds ? '✅' : '❌'} ${what} (${why})`;
}

function outage({ away }: Extract<TeamNote, { kind: 'outage' }>): string {
  if (away.length === 0) {
    return '### ✅ GitHub answers again\n\nFor some of its members it had been away for long. They work as before.';
  }
  return [
    '### ⚠️ GitHub does not answer',
    away.map(({ member, since }) => `- ${code(member)}, since ${moment(since)}`).join('\n'),
    'A member that gets no answer does no work. It tries again by itself, up to a quarter of an hour apart, and this comment is kept up to date.',
    `What GitHub answers is in the log of the server and in ${code('npm run baton -- team status')}.`,
  ].join('\n\n');
}

function report({
  missing,
  fault,
  givenUp,
  ready,
  critical,
  open,
  pulls,
}: Extract<TeamNote, { kind: 'report' }>): string {
  return [
    '### How things stand',
    ...(missing === null
      ? []
      : [`⚠️ ${code('team.notify')} names issue ${missing}, which is not there, so the team reports here.`]),
    ...(fault === null
      ? []
      : [
          '⚠️ The configuration on the default branch has a fault. What the team was told before holds until it is mended.',
          fence(fault, MAX_WHY),
        ]),
    ...(givenUp.length === 0 ? [] : [section('Does not work any more', givenUp.map(code))]),
    section('Critical', critical.map(toReference)),
    section('Ready, the most urgent first', ready.map(toReference)),
    section(
      'Under way, or waiting',
      open.map(
        ({ number, workflow, state }) =>
          `#${number} (${code(workflow === '' ? 'triage' : workflow)}, ${STATES.get(state) ?? state})`,
      ),
    ),
    section(
      'Open pull requests',
      pulls.map(({ number, draft }) => (draft ? `#${number} (draft)` : `#${number}`)),
    ),
  ].join('\n\n');
}

function section(title: string, entries: readonly string[]): string {
  const shown = entries.slice(0, MAX_LISTED).join(', ');
  const more = entries.length > MAX_LISTED ? ` and ${entries.length - MAX_LISTED} more` : '';
  return `**${title}:** ${entries.length === 0 ? 'none' : `${shown}${more}`}.`;
}

function toReference(number: number): string {
  return `#${number}`;
}
