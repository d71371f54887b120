import type { ChecklistAnswers } from '../../src/domain/checklist-answers.ts';
import type { Facts } from '../../src/domain/fact.ts';
import type { WorkReport } from '../../src/domain/report.ts';
import { checklistOf } from '../../src/domain/review-checklist.ts';
import { type Answers, anApprovingChecklist } from '../support/checklists.ts';
import { adding } from '../support/patches.ts';
import type { Call, Calls } from '../support/recordings.ts';

/** What the steps of `backend-feature` must report, for work that is small. */
const SMALL_WORK = { complexFeature: false, dataModelChanges: false };

/** An agent's report on its work, with the change it made. */
export function work(summary: string, patch?: string, details = ''): Call {
  return toCall({ kind: 'work', summary, details, facts: SMALL_WORK, deferred: [] }, patch);
}

/** An agent's report with the facts that its step asks for. */
export function reporting(facts: Facts, summary = 'Done.', patch?: string): Call {
  return toCall({ kind: 'work', summary, details: '', facts, deferred: [] }, patch);
}

function toCall(report: WorkReport, patch: string | undefined): Call {
  return patch === undefined ? { report } : { report, patch };
}

/** Both questions of a fast track are answered as well: what is not asked is not looked at. */
const EVERY_ITEM = [...checklistOf('fast-track'), ...checklistOf('full')];

/** A reviewer's answers about a repository that has a readme, which every answer rests on. */
export function answering(changes: Answers = {}): ChecklistAnswers {
  return anApprovingChecklist(['README.md:1'], changes, EVERY_ITEM);
}

/** An agent's approval, with some answers to the checklist changed. */
export function approvingWith(changes: Answers): Call {
  return {
    report: {
      kind: 'review',
      verdict: 'approve',
      summary: 'Good.',
      evidence: ['src/sum.ts: read'],
      checklist: answering(changes),
      findings: [],
    },
  };
}

export const approving: Call = approvingWith({});

export function rejecting(message: string): Call {
  const finding = { path: 'src/sum.ts', line: 1, severity: 'error', message };
  const checklist = answering();
  return {
    report: { kind: 'review', verdict: 'reject', summary: 'Not yet.', checklist, findings: [finding] },
  };
}

/** A change that every gate lets pass. */
export const GOOD_PATCH = adding('src/sum.ts', 'export const sum = 2;\n');

/** Agents that do well at once, with some of their answers changed. */
export function goodAgents(changes: Calls = {}): Calls {
  return {
    'triage.1': work('A small feature.'),
    'architecture.1': work('One new file.', undefined, 'The sum goes into `src/sum.ts`.'),
    'implementation.1': work('The sum is there.', GOOD_PATCH),
    'review.1': approving,
    ...changes,
  };
}
