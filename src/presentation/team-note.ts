import type { SurfaceInput } from '../domain/surface.ts';
import type { DoneItem, TeamNote } from '../domain/team/team-note.ts';
import { code, fence } from './fence.ts';

const MAX_LISTED = 50;
const MAX_WHY = 2000;

/** The issue that a team reports in. */
export const TEAM_BOARD = {
  title: 'Baton: the team of this repository',
  body: [
    'The standing team of Baton reports here. It works because `.github/baton.yml` has `team: { enabled: true }`.',
    'One comment says how things stand and is kept up to date; a further one is written only when a member cannot go on. Close this issue, or lock it, and the team goes on without a word.',
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
  }
}

function doneCheck({ issue, items }: Extract<TeamNote, { kind: 'done-check' }>): string {
  const missing = items.filter(({ holds }) => !holds).length;
  const verdict =
    missing === 0
      ? `Everything that has to hold for issue #${issue} does.`
      : `${missing} of ${items.length} points do not hold for issue #${issue} yet. They are looked at again.`;
  return ['### Definition of done', verdict, items.map(doneItem).join('\n')].join('\n\n');
}

function doneItem({ what, holds, why }: DoneItem): string {
  return `- ${holds ? '✅' : '❌'} ${what} (${why})`;
}

function report({ ready, critical, open, pulls }: Extract<TeamNote, { kind: 'report' }>): string {
  return [
    '### How things stand',
    section('Critical', critical.map(toReference)),
    section('Ready, the most urgent first', ready.map(toReference)),
    section(
      'Under way, or waiting',
      open.map(
        ({ number, workflow, state }) =>
          `#${number} (${code(workflow === '' ? 'triage' : workflow)}, ${state})`,
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
