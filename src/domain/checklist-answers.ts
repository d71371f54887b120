import { z } from 'zod';

/** Each file is read to see whether a line is there, so there is an end to it. */
const MAX_REFERENCES = 200;

const told = {
  /** References, see `Reference`. */
  evidence: z.array(z.string().min(1).max(300)).max(20).default([]),
  note: z.string().max(1000).optional(),
};

/** How a reviewer answers a checklist: an entry for each item, under its id. */
export const checklistAnswersSchema = z
  .object({
    answers: z.record(z.string(), z.object({ answer: z.enum(['yes', 'no', 'not-applicable']), ...told })),
    triggers: z.record(z.string(), z.object({ present: z.boolean(), ...told })),
  })
  .refine(
    (answers) => listEvidence(answers).length <= MAX_REFERENCES,
    `more than ${MAX_REFERENCES} references: name the ones that show it best`,
  );
export type ChecklistAnswers = z.infer<typeof checklistAnswersSchema>;

interface Told {
  readonly evidence: readonly string[];
}

/** Every reference of the answers, in their order. */
export function listEvidence({
  answers,
  triggers,
}: {
  readonly answers: Readonly<Record<string, Told>>;
  readonly triggers: Readonly<Record<string, Told>>;
}): readonly string[] {
  return [...Object.values(answers), ...Object.values(triggers)].flatMap(({ evidence }) => evidence);
}
