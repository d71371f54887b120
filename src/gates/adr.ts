import picomatch from 'picomatch';
import { z } from 'zod';
import { defineGate } from '../domain/gate.ts';
import { readMarkdown } from '../domain/markdown/read-markdown.ts';
import { countWords } from '../domain/markdown/texts-of.ts';
import type { Verdict } from '../domain/verdict.ts';
import { findRecordFaults } from './adr/find-record-faults.ts';
import { readText } from './parts/read-text.ts';

const options = z
  .strictObject({
    globs: z
      .array(z.string().min(1))
      .min(1)
      .default(['docs/adr/ADR-*.md'])
      .describe('Globs of where decision records are.'),
    minWords: z.int().min(0).max(10_000).default(350).describe('Least words the record may have.'),
    maxWords: z.int().positive().max(10_000).default(450).describe('Most words the record may have.'),
  })
  .refine(({ minWords, maxWords }) => minWords <= maxWords, '`minWords` is more than `maxWords`');

/** Sees to it that a decision is recorded so that somebody will read it, and can act by it. */
export const gate = defineGate({
  name: 'adr',
  summary:
    'Fails a change without exactly one decision record of the right length, with latency targets and a way to upgrade.',
  options,
  async judge(evidence, { globs, minWords, maxWords }) {
    const isRecord = picomatch(globs, { dot: true });
    const changed = await evidence.changedFiles();
    if (changed.length === 0) {
      return { kind: 'skip', summary: 'Nothing has changed.' };
    }
    const there = changed.filter(({ path, status }) => status !== 'deleted' && isRecord(path));
    const added = there.filter(({ status }) => status === 'added');
    // A record that the new one replaces is changed too, to say so.
    const [record, ...others] = added.length > 0 ? added : there;
    if (record === undefined) {
      return refuse(
        `No decision record is added in ${globs.join(', ')}.`,
        'Write one record of what was decided.',
      );
    }
    if (others.length > 0) {
      const paths = [record, ...others].map(({ path }) => path).join(', ');
      return refuse(`There are several decision records: ${paths}.`, 'Keep one record for one ticket.');
    }
    const { path } = record;
    const blocks = readMarkdown((await readText(evidence, 'head', path)) ?? '');
    const findings = findRecordFaults(blocks, { minWords, maxWords }).map(({ line, message }) => ({
      path,
      line,
      message,
      severity: 'error' as const,
    }));
    return findings.length === 0
      ? { kind: 'pass', summary: `${path} has ${countWords(blocks)} words.` }
      : { kind: 'fail', summary: `${path} is not yet a record to act by.`, findings };
  },
});

function refuse(summary: string, remedy: string): Verdict {
  return {
    kind: 'fail',
    summary,
    findings: [{ message: `${summary} ${remedy}`, severity: 'error' }],
  };
}
