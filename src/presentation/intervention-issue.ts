import type { HeldRun } from '../domain/run.ts';
import { toTicketKey } from '../domain/ticket-key.ts';
import { code } from './fence.ts';
import { inline } from './inline.ts';
import { listFindings } from './list-findings.ts';
import { stepTitle } from './step-title.ts';
import { toTitle } from './to-title.ts';
import { waysToAnswer } from './ways-to-answer.ts';

const MAX_QUESTION = 1000;

/** The issue that says a run cannot go on without a person: where, why, and where to answer. */
export function interventionIssue(run: HeldRun): { readonly title: string; readonly body: string } {
  const { order, step, attempt, hold } = run;
  const { number } = order.subject;
  const findings = listFindings(hold.findings);
  return {
    title: toTitle(`Manual intervention: ${toTicketKey(order)}, ${stepTitle(run, step)}`),
    body: [
      `Baton cannot go on with issue #${number} by itself (run ${code(order.id)}, step ${stepTitle(run, step)}, attempt ${attempt}).`,
      `**${inline(hold.question, MAX_QUESTION)}**`,
      ...(findings === '' ? [] : [findings]),
      ...('recommendation' in hold ? [`**Recommended:** ${inline(hold.recommendation, MAX_QUESTION)}`] : []),
      `It waits until somebody with write access answers **on #${number}**, with a new comment that starts with one of these:`,
      waysToAnswer(run)
        .map(([command, effect]) => `- ${code(command)}: ${effect}`)
        .join('\n'),
      `The progress comment on #${number} has the rest: who may answer, and what was tried. What is written here is read by nobody but people; close this when it is settled.`,
    ].join('\n\n'),
  };
}
