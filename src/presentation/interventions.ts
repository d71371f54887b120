import { printAmount } from '../domain/amount.ts';
import type { BegunRun, Intervention } from '../domain/run.ts';
import { details } from './details.ts';
import { inline } from './inline.ts';
import { moment } from './moment.ts';
import { person } from './person.ts';
import { stepTitle } from './step-title.ts';

const MAX_SHOWN = 20;

/** What people did with the run besides answering it, oldest first, folded; empty when nobody did. */
export function interventions(run: BegunRun): string {
  const { raises = [] } = run;
  const lines = [
    ...run.interventions.slice(-MAX_SHOWN).map((one) => `- ${words(run, one)}`),
    ...raises
      .slice(-MAX_SHOWN)
      .map(({ by, at, amount }) => `- ${moment(at)}: ${person(by)} let it use ${printAmount(amount)} more`),
  ];
  const count = run.interventions.length + raises.length;
  return lines.length === 0 ? '' : details(`What people did (${count})`, lines.join('\n'));
}

function words(run: BegunRun, { by, at, kind, step, reason }: Intervention): string {
  const why = reason === '' ? '' : `: ${inline(reason, 300)}`;
  const who = `${moment(at)}: ${person(by)}`;
  switch (kind) {
    case 'paused':
      return `${who} paused it in ${stepTitle(run, step)}${why}`;
    case 'resumed':
      return `${who} let it go on in ${stepTitle(run, step)}`;
    case 'rolled-back':
      return `${who} took it back to the end of ${stepTitle(run, step)}${why}`;
  }
}
