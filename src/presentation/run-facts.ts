import type { Change } from '../domain/change.ts';
import { isBegun, isEnded, type Run } from '../domain/run.ts';
import { choiceWords } from './choice-words.ts';
import { code } from './fence.ts';
import { inline } from './inline.ts';
import { moment } from './moment.ts';
import { person } from './person.ts';

/** Which workflow, who asked for it and when, where it writes, and when it ended. */
export function runFacts(run: Run): string {
  const { order } = run;
  const facts = [
    `${workflowWords(run)} Requested by ${person(order.requestedBy)} (${inline(order.trigger, 80)}) at ${moment(order.requestedAt)}.`,
  ];
  if (order.change !== undefined) {
    facts.push(changeWords(order.change));
  } else if (isBegun(run) && run.head !== run.base.sha) {
    facts.push(`Commits are on ${code(order.branch)}.`);
  }
  if (isBegun(run) && run.pullRequest !== undefined) {
    facts.push(`Pull request: #${run.pullRequest.number}.`);
  }
  if (isEnded(run)) {
    facts.push(`Ended at ${moment(run.endedAt)}.`);
  }
  return facts.join(' ');
}

function changeWords({ headSha, baseRef, fork }: Change): string {
  return `It is about commit ${code(headSha.slice(0, 7))}${fork ? ' of a fork' : ''}, for ${code(baseRef)}.`;
}

function workflowWords(run: Run): string {
  if (isBegun(run)) {
    return `Workflow ${code(run.definition.workflow.name)}, ${choiceWords(run)}.`;
  }
  return run.order.workflow === null
    ? 'The workflow is not chosen yet.'
    : `Workflow ${code(run.order.workflow)}.`;
}

/** A visible warning when untrusted processes of the run are not kept apart; empty otherwise. */
export function sandboxWarning(run: Run): string {
  return run.order.sandbox === 'none'
    ? '> [!WARNING]\n> This run has **no sandbox**: agents and gate commands run with the rights of the server. Whoever operates Baton has chosen so.'
    : '';
}
