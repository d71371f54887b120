import { isBegun, isEnded, type Run } from '../domain/run.ts';
import { stripHidden } from '../domain/strip-hidden.ts';
import { code } from './fence.ts';
import { moment } from './moment.ts';
import { person } from './person.ts';

/** What Baton itself marks its texts with: an issue or pull request of ours hides nothing by it. */
const OWN_MARKER = /<!-- \/?baton:[\w:-]{1,200} -->/g;

/** That the issue has other words than the run was asked with, and what to do about it; empty when it has not. */
export function editNotice(run: Run): string {
  if (!isBegun(run) || run.edit?.differs !== true) {
    return '';
  }
  const { by, at } = run.edit;
  const { workflow } = run.order;
  const anew = code(workflow === null ? '/baton run' : `/baton run ${workflow}`);
  const remedy = isEnded(run)
    ? `To have it done as it is now, start a new run with ${anew}.`
    : `To have it done as it is now, stop this run with ${code('/baton cancel')}, and start a new one with ${anew}.`;
  return `> [!NOTE]\n> The issue was changed after this run was asked for: by ${person(by)} at ${moment(at)}. The run does what the issue said before. ${remedy}`;
}

/** That agents read less than the issue has, since no reader sees the rest; empty when they read all of it. */
export function hiddenNotice({ order: { ticket } }: Run): string {
  const parts = stripHidden(ticket.title).parts + stripHidden(ticket.body.replaceAll(OWN_MARKER, '')).parts;
  if (parts === 0) {
    return '';
  }
  const words = parts === 1 ? '1 hidden part' : `${parts} hidden parts`;
  return `> [!NOTE]\n> ${words} of the issue, such as comments or invisible characters, ${parts === 1 ? 'was' : 'were'} left out of what agents read.`;
}
