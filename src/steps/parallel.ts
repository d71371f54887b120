import { z } from 'zod';
import { factNameSchema } from '../domain/fact.ts';
import { defineStepKind } from '../domain/step-kind.ts';
import { stepSchema } from '../domain/workflow.ts';

const branch = stepSchema
  .pick({ id: true, kind: true, title: true, with: true })
  .extend({ kind: z.enum(['agent', 'review']).describe('What the branch does.') })
  .refine(({ with: options }) => options['access'] !== 'write' || options['branch'] === 'own', {
    message: 'a step that writes beside others needs `branch: own`: two writers would share one branch',
    path: ['with', 'access'],
  })
  .transform((step) => ({ ...step, maxRejections: 1 }));

const options = z
  .strictObject({
    steps: z
      .array(branch)
      .min(2)
      .max(16)
      .describe(
        'Agent and review steps that only read, or write on branches of their own. They work at the same time; their results are joined in this order.',
      ),
    agree: z
      .array(factNameSchema)
      .default([])
      .describe('Facts that several of them report, and that must be the same: otherwise a person decides.'),
  })
  .superRefine(({ steps, agree }, context) => {
    for (const [index, fact] of agree.entries()) {
      if (steps.filter((step) => reports(step, fact)).length < 2) {
        context.addIssue({
          code: 'custom',
          path: ['agree', index],
          message: `${fact} is not reported by two of the steps`,
        });
      }
    }
  });

/** The options of a branch are those of its kind; only an agent has facts to report. */
function reports({ with: given }: z.infer<typeof branch>, fact: string): boolean {
  const { facts } = given;
  return typeof facts === 'object' && facts !== null && Object.hasOwn(facts, fact);
}

export const stepKind = defineStepKind({
  name: 'parallel',
  summary: 'Asks several roles at the same time and joins what they say, in the order of the workflow.',
  options,
  branches: ({ steps }) => steps,
  agree: ({ agree }) => agree,
  perform({ step }) {
    return Promise.reject(new RangeError(`${step.id} is performed by its branches, not by itself`));
  },
});
