import { z } from 'zod';
import { toIssuePath } from '../domain/own-document.ts';
import { liveHistory } from '../domain/progress.ts';
import { defineStepKind } from '../domain/step-kind.ts';

const options = z.strictObject({
  from: z.string().min(1).describe('The earlier step whose words are written down.'),
  path: z
    .string()
    .regex(/^[\w.{}-]+(?:\/[\w.{}-]+)*$/, 'a path in the repository, like docs/specs/{issue}-{slug}.md')
    .max(200)
    .describe('Where: `{issue}` stands for the number of the issue, `{slug}` for the words of its title.'),
});

export const stepKind = defineStepKind({
  name: 'document',
  summary: 'Writes what a role has handed over into one file of the branch, word by word.',
  options,
  earlierSteps: ({ from }) => [from],
  writes: () => true,
  async perform({ run, options: { from, path }, world }) {
    const handed = liveHistory(run).findLast(({ step }) => step === from)?.outcome;
    if (handed?.kind !== 'passed' || handed.details.trim() === '') {
      return {
        kind: 'broke',
        summary: `${from} has handed over nothing that could be written down`,
        remedy: `Retry ${from} with the guidance to hand its work over in \`details\`.`,
        retriable: false,
      };
    }
    const place = toIssuePath(path, run.order);
    const written = await world.write({ kind: 'handed-over', path: place, from });
    return written.kind === 'broke'
      ? written
      : {
          kind: 'passed',
          summary: `${place} is written`,
          ...(written.checkpoint === undefined ? {} : { checkpoint: written.checkpoint }),
        };
  },
});
