import picomatch from 'picomatch';
import { z } from 'zod';
import type { Finding } from '../domain/finding.ts';
import { defineGate } from '../domain/gate.ts';

/** Longer lines are prose that nobody pruned, and would make the limit on lines mean little. */
const MAX_LINE_LENGTH = 400;

const options = z.strictObject({
  globs: z
    .array(z.string().min(1))
    .min(1)
    .default(['docs/context/*.md'])
    .describe('Globs of where context documents are.'),
  maxLines: z.int().positive().max(2_000).default(150).describe('Most lines the document may have.'),
});

/** Keeps the memory of a work in one place, and short enough that the next reader has read it in ten minutes. */
export const gate = defineGate({
  name: 'context-document',
  summary: 'Fails a change without exactly one context document, or with one that was not pruned.',
  options,
  async judge(evidence, { globs, maxLines }) {
    const isContext = picomatch(globs, { dot: true });
    const changed = await evidence.changedFiles();
    if (changed.length === 0) {
      return { kind: 'skip', summary: 'Nothing has changed.' };
    }
    const documents = changed.filter(({ path, status }) => status !== 'deleted' && isContext(path));
    const [document, ...others] = documents;
    if (document === undefined) {
      return fail(`No context document is added or changed in ${globs.join(', ')}.`, [
        `Keep the context document in ${globs.join(' or ')}.`,
      ]);
    }
    if (others.length > 0) {
      const paths = documents.map(({ path }) => path).join(', ');
      return fail(`There are ${documents.length} context documents: ${paths}.`, [
        `Keep one document for one work, and put into it what still holds of ${paths}.`,
      ]);
    }
    const { path } = document;
    const bytes = await evidence.readFile('head', path);
    const text = new TextDecoder().decode(bytes ?? undefined).trimEnd();
    if (text === '') {
      return fail(`${path} says nothing.`, [`Write into ${path} where the work stands.`]);
    }
    const lines = text.split('\n');
    const long = lines.findIndex((line) => line.length > MAX_LINE_LENGTH);
    const findings = [
      ...(lines.length > maxLines
        ? [toFinding(path, `has ${lines.length} lines. Prune it to ${maxLines} at most.`)]
        : []),
      ...(long === -1
        ? []
        : [{ ...toFinding(path, `has a line of more than ${MAX_LINE_LENGTH} characters.`), line: long + 1 }]),
    ];
    return findings.length === 0
      ? { kind: 'pass', summary: `${path} has ${lines.length} lines.` }
      : { kind: 'fail', summary: `${path} is too long for its next reader.`, findings };
  },
});

function toFinding(path: string, what: string): Finding {
  return { path, message: `${path} ${what}`, severity: 'error' };
}

function fail(summary: string, messages: readonly string[]) {
  const findings = messages.map((message): Finding => ({ message, severity: 'error' }));
  return { kind: 'fail', summary, findings } as const;
}
