import picomatch from 'picomatch';
import { z } from 'zod';
import type { Evidence } from '../domain/evidence.ts';
import type { Finding } from '../domain/finding.ts';
import { defineGate } from '../domain/gate.ts';
import { toDocumentPath } from '../domain/own-document.ts';
import { findJustified } from './dependencies-justified/find-justified.ts';
import { findNewDependencies } from './dependencies-justified/find-new.ts';
import { readText } from './parts/read-text.ts';

const MAX_FINDINGS = 50;

const options = z.strictObject({
  documents: z
    .array(z.string().min(1))
    .min(1)
    .default(['docs/plan/{ticket}.md', 'docs/adr/ADR-*.md'])
    .describe(
      'Globs of the documents that may justify a dependency, with `{ticket}` for the key of the ticket. Only those count that the run has written.',
    ),
});

/** Nothing new comes into the house without somebody having said why. */
export const gate = defineGate({
  name: 'dependencies-justified',
  summary:
    'Fails a change whose manifests or lock files bring a package that no plan or decision record justifies.',
  options,
  async judge(evidence, { documents }) {
    const { found, unreadable } = await findNewDependencies(evidence);
    if (found.length + unreadable.length === 0) {
      return { kind: 'pass', summary: 'No new dependency.' };
    }
    const where = documents.map((glob) => toDocumentPath(glob, evidence.ticket.key));
    const names = found.map(({ name }) => name);
    const justified = await readJustified(evidence, where, names);
    const bare = found.filter(({ name }) => !justified.has(name));
    const findings = [
      ...unreadable.map(
        (path): Finding => ({
          path,
          message: `${path} cannot be read, so nobody knows what it asks for. Mend it.`,
          severity: 'error',
        }),
      ),
      ...bare.map(
        ({ name, path }): Finding => ({
          path,
          message: `${name} is new and not justified. Under \`## New dependencies\` of ${where.join(' or ')}, write a line: \`${name}\`, why nothing that is here will do, its licence and its upkeep; or take it out.`,
          severity: 'error',
        }),
      ),
    ];
    return findings.length === 0
      ? { kind: 'pass', summary: `Justified: ${names.join(', ')}.` }
      : {
          kind: 'fail',
          summary: `${bare.length} of ${found.length} new dependencies are not justified.`,
          findings: findings.slice(0, MAX_FINDINGS),
        };
  },
});

async function readJustified(evidence: Evidence, globs: readonly string[], names: readonly string[]) {
  const isDocument = picomatch([...globs], { dot: true });
  const changed = (await evidence.changedFiles()).filter(
    ({ path, status }) => status !== 'deleted' && isDocument(path),
  );
  const texts = await Promise.all(changed.map(({ path }) => readText(evidence, 'head', path)));
  return new Set(texts.flatMap((text) => (text === null ? [] : findJustified(text, names))));
}
