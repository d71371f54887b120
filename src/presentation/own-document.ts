import { criteriaOf } from '../domain/criteria-of.ts';
import { figureWords } from '../domain/figure.ts';
import type { OwnDocument } from '../domain/own-document.ts';
import { liveHistory } from '../domain/progress.ts';
import type { RunningRun } from '../domain/run.ts';
import { toTicketKey } from '../domain/ticket-key.ts';
import type { GateVerdict } from '../domain/verdict.ts';
import { code, fence } from './fence.ts';
import { inline } from './inline.ts';
import { listFindings } from './list-findings.ts';
import { stepTitle } from './step-title.ts';

/** Characters of what one gate printed. */
const MAX_EVIDENCE = 6_000;

const MAX_TITLE = 200;

/** Where a tree lay on this machine: nobody who reads the document has it. */
const TREE = /[^\s'"()]{0,500}\/trees\/[^/\s]{1,200}\//g;

/** A document of Baton's own: what was seen and what follows from it by rule, or what a role has handed over. */
export function ownDocument(run: RunningRun, document: OwnDocument): string {
  const parts =
    document.kind === 'handed-over' ? handedOver(run, document) : PARTS[document.kind](run, document);
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

type Seen = Exclude<OwnDocument, { kind: 'handed-over' }>;
type Write = (run: RunningRun, document: Seen) => readonly string[];

const PARTS: Readonly<Record<Seen['kind'], Write>> = {
  failure: (run, { verdicts, missing }) => [
    `# ${toTicketKey(run.order)}: what failed`,
    origin(run),
    '## Failed checks',
    ...verdicts.map(toVerdict),
    '## Missing interfaces',
    missing.length === 0
      ? 'Every interface that the plan names is in a changed file, or the plan names none.'
      : missing.map((name) => `- ${code(name)} is in the plan and in no changed file`).join('\n'),
    '## Suggested changes of the plan',
    suggestions(run, { verdicts, missing }),
  ],
  performance: (run, { verdicts }) => [
    `# ${toTicketKey(run.order)}: not fast enough`,
    origin(run),
    '## Measured',
    ...verdicts.map(toVerdict),
    '## What can be done',
    'Either the code becomes faster: measure where the time goes, mend the largest part, measure again. Or the decision record gets other targets, with what was measured and why no change keeps the present ones; a person decides about those.',
  ],
  block: (run, { verdicts }) => [
    `# ${toTicketKey(run.order)}: halted for security`,
    origin(run),
    '## Findings',
    ...verdicts.map(toVerdict),
    '## What has to be done',
    'Mend each finding, push the change to this branch, and comment `/baton retry` on the ticket: the work is judged again. Or comment `/baton reject <what has to be mended>`, and the role mends it. What cannot be mended now needs the approval of a person who may give it and has not requested this run. The approval counts for one commit and these findings; anything new voids it.',
  ],
};

/** Its words are left as they are: people read the file, and perhaps a workflow does. */
function handedOver(
  run: RunningRun,
  { from }: Extract<OwnDocument, { kind: 'handed-over' }>,
): readonly string[] {
  const { subject, ticket } = run.order;
  const outcome = liveHistory(run).findLast(({ step }) => step === from)?.outcome;
  return [
    `# ${inline(ticket.title, MAX_TITLE)}`,
    `For issue #${subject.number}. Written by an agent: ${stepTitle(run, from)} of run ${code(run.order.id)}.`,
    outcome?.kind === 'passed' ? outcome.details.trim() : '',
  ];
}

function origin(run: RunningRun): string {
  const { step, attempt, head } = run;
  return `Written by Baton after ${stepTitle(run, step)}, attempt ${attempt}, on commit ${code(head.slice(0, 12))}. No model has written or changed a word of it.`;
}

function toVerdict({ gate, verdict }: GateVerdict): string {
  const evidence = 'evidence' in verdict ? (verdict.evidence ?? '') : '';
  const figures = 'figures' in verdict ? (verdict.figures ?? []) : [];
  return [
    `### ${inline(gate, 100)}`,
    inline(verdict.summary, 1000),
    figures.map((figure) => `- ${inline(figureWords(figure), 200)}`).join('\n'),
    'findings' in verdict ? listFindings(verdict.findings) : '',
    evidence === '' ? '' : fence(evidence.replaceAll(TREE, ''), MAX_EVIDENCE),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** By rule, so that they are never more than what was seen. */
function suggestions(run: RunningRun, { verdicts, missing }: Pick<Seen, 'verdicts' | 'missing'>): string {
  const named = JSON.stringify(verdicts);
  const failing = criteriaOf(run).filter(({ id }) => new RegExp(`\\b${id}\\b`).test(named));
  return [
    '- Take another approach than the one that failed here, and say in the plan why it will not fail in the same way.',
    ...verdicts.map(({ gate }) => `- Say in the plan what has to be true so that ${code(gate)} passes.`),
    ...failing.map(({ id, text }) => `- Plan ${id} anew, whose test failed: ${inline(text, 300)}`),
    ...missing.map((name) => `- Say in which file ${code(name)} will be, or take it out of the plan.`),
  ].join('\n');
}
