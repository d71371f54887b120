import { z } from 'zod';
import { sectionText } from '../domain/markdown/section-text.ts';
import { toDocumentPath } from '../domain/own-document.ts';
import { liveHistory } from '../domain/progress.ts';
import { type Attempt, defineStepKind } from '../domain/step-kind.ts';
import { toTicketKey } from '../domain/ticket-key.ts';
import { documentPath } from './parts/document-path.ts';

const options = z.strictObject({
  show: z.string().min(1).describe('The earlier step whose result the person decides on.'),
  question: z.string().min(1).max(300).describe('What the person is asked.'),
  document: z
    .strictObject({
      path: documentPath.describe('Where it is on the branch, with `{ticket}` for the key of the ticket.'),
      section: z.string().min(1).max(100).describe('The title of the section.'),
    })
    .optional()
    .describe('A section of a document of the run that is what the question is about; shown first.'),
});

export const stepKind = defineStepKind({
  name: 'approval',
  summary:
    'Holds the run until somebody with write access approves or rejects what an earlier step produced.',
  options,
  endings: ['approval'],
  earlierSteps: ({ show }) => [show],
  async perform({ run, options: { show, question, document }, world }) {
    const shown = liveHistory(run).findLast((record) => record.step === show)?.outcome;
    if (shown?.kind !== 'passed') {
      return {
        kind: 'broke',
        summary: `there is no result of ${show} to show`,
        remedy: `Let the workflow run ${show} before this approval.`,
        retriable: false,
      };
    }
    return {
      kind: 'held',
      summary: shown.summary,
      hold: {
        kind: 'approval',
        question,
        shown: [...(await readSection(document, { run, world })), shown.summary, shown.details].join('\n\n'),
      },
    };
  },
});

/** The words themselves, not what a role says of them. */
async function readSection(
  document: z.infer<typeof options>['document'],
  { run, world }: Pick<Attempt<unknown>, 'run' | 'world'>,
): Promise<readonly string[]> {
  if (document === undefined) {
    return [];
  }
  const path = toDocumentPath(document.path, toTicketKey(run.order));
  const bytes = await world.readFile(path);
  const text = bytes === null ? null : sectionText(new TextDecoder().decode(bytes), document.section);
  const title = `**${document.section}** (\`${path}\`)`;
  return [`${title}:\n\n${text ?? 'there is no such section.'}`];
}
