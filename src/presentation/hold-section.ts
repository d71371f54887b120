import type { Hold } from '../domain/hold.ts';
import { stepAfter } from '../domain/progress.ts';
import type { HeldRun } from '../domain/run.ts';
import type { Part } from './assemble.ts';
import { code } from './fence.ts';
import { holdCheckName } from './hold-check-name.ts';
import { inline } from './inline.ts';
import { listFindings } from './list-findings.ts';
import { person } from './person.ts';
import { quote } from './quote.ts';
import { rounds } from './rounds.ts';
import { stepTitle } from './step-title.ts';

type Bound = Extract<Hold, { digest: string }>;
type Escalation = Extract<Hold, { kind: 'escalation' }>;

/** What a held run asks, what the answer rests on, who can answer and with which words. */
export function holdSection(run: HeldRun): readonly Part[] {
  return run.hold.kind === 'escalation' ? escalationParts(run, run.hold) : approvalParts(run, run.hold);
}

function approvalParts(run: HeldRun, hold: Bound): Part[] {
  return [
    `**${inline(hold.question, 300)}**`,
    listFindings(hold.findings),
    whoMayApprove(run, hold),
    table([
      [`/baton approve ${hold.digest}`, approveEffect(run)],
      ['/baton reject <reason>', rejectEffect(run)],
      ['/baton cancel', 'Ends the run; its branch stays.'],
    ]),
    `An approval counts for commit ${code(hold.head.slice(0, 7))} and exactly what is shown for it (digest ${code(hold.digest)}). If either changes, Baton asks again.`,
    (maxBytes) => quote(hold.shown, maxBytes),
  ];
}

function whoMayApprove(run: HeldRun, hold: Bound): string {
  const other =
    hold.kind === 'security' ? ` other than ${person(run.order.requestedBy)}, who requested the run,` : '';
  return `Somebody with **write access**${other} can answer, with a new comment that starts with one of these lines${buttons(run)}:`;
}

function approveEffect(run: HeldRun): string {
  const next = stepAfter(run, run.step);
  return next === null ? 'Finishes the run.' : `Goes on to ${stepTitle(run, next.id)}.`;
}

function rejectEffect(run: HeldRun): string {
  const target = run.order.definition.workflow.steps.find((step) => step.id === run.step)?.onReject;
  return target === undefined
    ? 'Stops here and asks how to go on.'
    : `Goes back to ${stepTitle(run, target)} with your reason.`;
}

function escalationParts(run: HeldRun, hold: Escalation): Part[] {
  return [
    `**${inline(hold.question, 300)}**`,
    (maxBytes) => quote(hold.shown, Math.min(maxBytes, 8000)),
    listFindings(hold.findings),
    rounds(run),
    `Somebody with **write access** can answer, with a new comment that starts with one of these lines${buttons(run)}:`,
    table(hold.options.map(({ command, effect }) => [command, toSentence(effect)])),
    `**Recommendation:** ${inline(hold.recommendation, 500)}`,
    `**Blocked until then:** ${blocked(run)}`,
  ];
}

/** A check with buttons exists only on a commit of the run's own. */
function buttons(run: HeldRun): string {
  const last = run.history.at(-1);
  return last === undefined || last.head === run.base.sha
    ? ''
    : `, or with the buttons of the check ${code(holdCheckName(last))}`;
}

function toSentence(words: string): string {
  const text = inline(words, 200);
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}

/** The steps that cannot happen before the answer. */
function blocked(run: HeldRun): string {
  const { steps } = run.order.definition.workflow;
  const from = steps.findIndex((step) => step.id === run.step);
  return steps
    .slice(from)
    .map((step) => stepTitle(run, step.id))
    .slice(0, 10)
    .join(', ');
}

function table(answers: readonly (readonly [command: string, effect: string])[]): string {
  return [
    '| Comment | What it does |',
    '|---|---|',
    ...answers.map(([command, effect]) => `| ${code(command)} | ${effect} |`),
  ].join('\n');
}
