import type { ChecklistAnswers } from '../../src/domain/checklist-answers.ts';
import { type ChecklistItem, checklistOf } from '../../src/domain/review-checklist.ts';

/** What is answered in another way than `yes` or absent, by the id of the item. */
export interface Answers {
  readonly answers?: ChecklistAnswers['answers'];
  readonly triggers?: ChecklistAnswers['triggers'];
}

/** A checklist that says yes to everything and rests every answer on this evidence; no trigger is present. */
export function anApprovingChecklist(
  evidence: readonly string[],
  changes: Answers = {},
  items: readonly ChecklistItem[] = checklistOf('full'),
): ChecklistAnswers {
  const triggers = items.filter(({ group }) => group === 'trigger');
  const others = items.filter(({ group }) => group !== 'trigger');
  return {
    answers: {
      ...toEntries(others, { answer: 'yes', evidence: [...evidence] }),
      ...changes.answers,
    },
    triggers: { ...toEntries(triggers, { present: false, evidence: [] }), ...changes.triggers },
  };
}

function toEntries<Answer>(items: readonly ChecklistItem[], answer: Answer): Record<string, Answer> {
  return Object.fromEntries(items.map(({ id }) => [id, answer]));
}
