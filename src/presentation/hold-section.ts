import { approversOf } from '../domain/approvers-of.ts';
import type { Hold } from '../domain/hold.ts';
import type { HeldRun } from '../domain/run.ts';
import type { Part } from './assemble.ts';
import { code } from './fence.ts';
import { holdCheckName } from './hold-check-name.ts';
import { inline } from './inline.ts';
import { listFindings } from './list-findings.ts';
import { moment } from './moment.ts';
import { person } from './person.ts';
import { quote } from './quote.ts';
import { rounds } from './rounds.ts';
import { stepTitle } from './step-title.ts';
import { waysToApprove } from './ways-to-answer.ts';

type Bound = Extract<Hold, { digest: string }>;
type Escalation = Extract<Hold, { kind: 'escalation' }>;

/** What a held run asks, what the answer rests on, who can answer and with which words. */
export function holdSection(run: HeldRun): readonly Part[] {
  switch (run.hold.kind) {
    case 'approval':
    case 'security':
      return approvalParts(run, run.hold);
    case 'escalation':
      return escalationParts(run, run.hold);
    case 'pause':
      return pauseParts(run.hold);
  }
}

function approvalParts(run: HeldRun, hold: Bound): Part[] {
  return [
    `**${inline(hold.question, 300)}**`,
    listFindings(hold.findings),
    whoMayApprove(run, hold),
    table(waysToApprove(run, hold)),
    `An approval counts for commit ${code(hold.head.slice(0, 7))} and exactly what is shown for it (digest ${code(hold.digest)}). If either changes, Baton asks again.`,
    (maxBytes) => quote(hold.shown, maxBytes),
  ];
}

function whoMayApprove(run: HeldRun, hold: Bound): string {
  const other =
    hold.kind === 'security' ? ` other than ${person(run.order.requestedBy)}, who requested the run,` : '';
  const approvers = hold.kind === 'security' ? approversOf(run) : [];
  const who = approvers.length === 0 ? 'Somebody' : approvers.map((login) => code(login)).join(' or ');
  return `${who} with **write access**${other} can answer, with a new comment that starts with one of these lines${buttons(run)}:`;
}

function escalationParts(run: HeldRun, hold: Escalation): Part[] {
  const { trigger, options, blocked } = hold;
  return [
    `**${inline(hold.question, 300)}**`,
    `**Why a person is asked:** ${TRIGGER_WORDS[trigger]}. **Stage:** ${stepTitle(run, run.step)}.`,
    (maxBytes) => quote(hold.shown, Math.min(maxBytes, 8000)),
    listFindings(hold.findings),
    rounds(run),
    optionsTable(options),
    `**Recommendation:** ${recommendationWords(hold)}`,
    `**Blocked until then:** ${inline(blocked, 500)}`,
    untilWords(hold),
    `Somebody with **write access** can answer, with a new comment that starts with ${code('/baton choose <number>')}${buttons(run)}.${takingRecommended(hold)} ${code('/baton retry <guidance>')} goes back to ${stepTitle(run, hold.resumeAt)} with your words${earlierStep(run)}.`,
  ];
}

/** A hold that ends by itself says when. */
function untilWords({ until }: Escalation): string {
  return until === undefined
    ? ''
    : `**It goes on by itself** at ${moment(until)}, unless somebody answers before.`;
}

function recommendationWords({ recommended, recommendation }: Escalation): string {
  const option = recommended === null ? '' : `option ${recommended}.`;
  return [option, inline(recommendation, 500)].filter((part) => part !== '').join(' ') || 'none.';
}

function takingRecommended({ recommended }: Escalation): string {
  return recommended === null ? '' : ` ${code('/baton approve')} takes the recommended option.`;
}

function earlierStep({ definition, step }: HeldRun): string {
  return definition.workflow.steps[0]?.id === step
    ? ''
    : '; with the name of an earlier step first, to that one';
}

function pauseParts(hold: Extract<Hold, { kind: 'pause' }>): Part[] {
  return [
    `**${inline(hold.question, 300)}**`,
    inline(hold.shown, 500),
    `Somebody with **write access** can let it go on with ${code('/baton resume')}, take work back with ${code('/baton rollback <step>')}, or end it with ${code('/baton cancel')}.`,
  ];
}

const TRIGGER_WORDS: Readonly<Record<Escalation['trigger'], string>> = {
  conflict: 'requirements contradict each other',
  'security-or-speed': 'security stands against speed',
  'breaking-change': 'it breaks what others use',
  rejections: 'the work was rejected again and again',
  'out-of-scope': 'it needs what is not available here',
  broken: 'a tool or an agent does not work',
  unclear: 'it is not clear what kind of work this is',
  rounds: 'it takes more rounds than the workflow allows',
  budget: 'what may be used of models is used up',
  quota: 'the provider of the models does no more for now',
  crash: 'the program of an agent crashed',
};

function optionsTable(options: Escalation['options']): string {
  return [
    '| Option | Comment | What speaks for and against it |',
    '|---|---|---|',
    ...options.map(
      ({ title, tradeOff }, index) =>
        `| ${index + 1}. ${inline(title, 200)} | ${code(`/baton choose ${index + 1}`)} | ${inline(tradeOff, 300)} |`,
    ),
  ].join('\n');
}

/** A check with buttons exists only on a commit of the run's own. */
function buttons(run: HeldRun): string {
  const last = run.history.at(-1);
  return last === undefined || last.head === run.base.sha
    ? ''
    : `, or with the buttons of the check ${code(holdCheckName(last))}`;
}

function table(answers: readonly (readonly [command: string, effect: string])[]): string {
  return [
    '| Comment | What it does |',
    '|---|---|',
    ...answers.map(([command, effect]) => `| ${code(command)} | ${effect} |`),
  ].join('\n');
}
