import type { Debt, DebtOrigin } from '../domain/list-debts.ts';
import type { SurfaceInput } from '../domain/surface.ts';
import { evidenceLink } from './evidence-link.ts';
import { code } from './fence.ts';
import { quote } from './quote.ts';
import { stepTitle } from './step-title.ts';
import { toTitle } from './to-title.ts';

const MAX_WHY_BYTES = 8000;

/** The issue that work put off becomes. */
export function debtIssue(debt: Debt, origin: DebtOrigin): { readonly title: string; readonly body: string } {
  const { order } = origin.run;
  return {
    title: toTitle(debt.title) || `Work put off in issue ${order.subject.number}`,
    body: [
      `This ${origin.pullRequest === null ? 'was found' : 'work was put off'} ${found(debt, origin)}.`,
      ...reasons(debt, origin),
      '---',
      'Written by an agent: look whether it is true before you act on it. Baton does nothing about it until somebody with write access asks for it.',
    ].join('\n\n'),
  };
}

/** What an issue begins with whose like was closed as done. */
export function debtAgain(done: number): string {
  return `It was found again after #${done} was closed as done.`;
}

/** What is added to the issue when another run puts the same work off. */
export function debtAddition(debt: Debt, origin: DebtOrigin, state: 'open' | 'closed'): SurfaceInput {
  return {
    kind: 'comment',
    key: `debt:${debt.fingerprint}`,
    body: [
      `The same work was put off again ${found(debt, origin)}.`,
      ...reasons(debt, origin),
      ...(state === 'closed'
        ? ['This issue is closed, and Baton leaves it so. Reopen it if the work is still to be done.']
        : []),
    ].join('\n\n'),
  };
}

function found({ step }: Debt, { run, pullRequest }: DebtOrigin): string {
  const { order } = run;
  const what = order.change === undefined ? 'worked on issue' : 'looked at pull request';
  const proposal = pullRequest === null ? '' : `pull request #${pullRequest.number}, `;
  return `when Baton ${what} #${order.subject.number} (${proposal}run ${code(order.id)}, step ${stepTitle(run, step)})`;
}

function reasons(debt: Debt, { run, pullRequest }: DebtOrigin): string[] {
  return [
    `**Where:** ${evidenceLink(run.order.ticket, debt)}`,
    pullRequest === null ? '**Why it matters:**' : '**Why it was not done:**',
    quote(debt.why, MAX_WHY_BYTES),
  ];
}
