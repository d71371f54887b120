import { z } from 'zod';
import { toPlainText } from '../markdown/to-plain-text.ts';

const said = { text: z.string(), line: z.int().positive() };

/** What must hold when a phase is done, by how it can be found out. Only prose needs somebody to judge it. */
export const criterionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('command'), ...said, command: z.string() }),
  z.object({ kind: z.literal('files'), ...said, patterns: z.array(z.string()).min(1) }),
  z.object({ kind: z.literal('no-files'), ...said, patterns: z.array(z.string()).min(1) }),
  z.object({ kind: z.literal('prose'), ...said }),
]);
export type Criterion = z.infer<typeof criterionSchema>;

const COMMAND =
  /^(?:run:?\s+)?`([^`]+)`(?:\s+(?:passes|succeeds|works|exits with 0|exits 0|is green|runs))?\.?$/i;
const EXISTS = /^(.{1,400}?)\s+(?:files?\s+)?(?:exists?|(?:is|are) (?:there|present|created))\.?$/i;
const IS_GONE =
  /^(.{1,400}?)\s+(?:files?\s+)?(?:do(?:es)? not exist|don't exist|doesn't exist|(?:is|are) (?:gone|removed|deleted))\.?$/i;

/** What a success criterion asks for. A code span alone, or one that passes, is a command; paths that exist are files. */
export function toCriterion(markdown: string, line: number): Criterion {
  const text = toPlainText(markdown);
  const inline = markdown.replaceAll(/\s+/g, ' ').trim().slice(0, 2000);
  const command = COMMAND.exec(inline)?.[1]?.trim();
  if (command !== undefined && !isPath(command)) {
    return { kind: 'command', text, line, command };
  }
  const gone = readPaths(IS_GONE.exec(text)?.[1]);
  if (gone !== null) {
    return { kind: 'no-files', text, line, patterns: gone };
  }
  const there = readPaths(EXISTS.exec(text)?.[1]);
  return there === null ? { kind: 'prose', text, line } : { kind: 'files', text, line, patterns: there };
}

/** The paths that a list of nothing but paths names; null when there are other words in it. */
function readPaths(list: string | undefined): string[] | null {
  if (list === undefined) {
    return null;
  }
  const parts = list.split(/,\s*(?:and\s+)?|\s+and\s+|\s+/).filter((part) => part !== '' && part !== 'and');
  return parts.length > 0 && parts.every(isPath) ? parts : null;
}

/** Whether a word is a path or a pattern of one inside the repository: it has a slash, a star or an extension. */
export function isPath(word: string): boolean {
  return (
    /^[\w.@*{][\w.@*?{},[\]/+-]{0,299}$/.test(word) &&
    /[/*]|\.[a-z]\w{0,9}$/i.test(word) &&
    /[a-z0-9]/i.test(word) &&
    !word.split('/').includes('..')
  );
}
