import picomatch from 'picomatch';
import { z } from 'zod';
import type { Evidence } from '../domain/evidence.ts';
import type { Finding } from '../domain/finding.ts';
import { defineGate } from '../domain/gate.ts';
import { toDocumentPath } from '../domain/own-document.ts';
import { findJustified } from './dependencies-justified/find-justified.ts';
import { findNewDependencies } from './dependencies-justified/find-new.ts';
import { findUnlocked } from './dependencies-justified/find-unlocked.ts';
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
  onNew: z
    .enum(['pass', 'hold'])
    .default('pass')
    .describe(
      'What follows when each is justified. `hold`: a person has to agree to those that no document names as somebody has approved it.',
    ),
});

/** Nothing new comes into the house without somebody having said why. */
export const gate = defineGate({
  name: 'dependencies-justified',
  summary:
    'Fails a change whose manifests or lock files bring a package that no plan or decision record justifies, or that no lock file names.',
  options,
  async judge(evidence, { documents, onNew }) {
    const { found, unreadable } = await findNewDependencies(evidence);
    if (found.length + unreadable.length === 0) {
      return { kind: 'pass', summary: 'No new dependency.' };
    }
    const where = documents.map((glob) => toDocumentPath(glob, evidence.ticket.key));
    const names = found.map(({ name }) => name);
    const paths = await listDocuments(evidence, where);
    const justified = await findReasons(names, paths, (path) => readText(evidence, 'head', path));
    const bare = found.filter(({ name }) => !justified.has(name));
    const unlocked = await findUnlocked(evidence, found);
    const findings = [
      ...unreadable.map((path) =>
        toFinding(path, `${path} cannot be read, so nobody knows what it asks for. Mend it.`),
      ),
      ...bare.map(({ name, path }) =>
        toFinding(
          path,
          `${name} is new and not justified. Under \`## New dependencies\` of ${where.join(' or ')}, write a line: \`${name}\`, why nothing that is here will do, its licence and its upkeep; or take it out.`,
        ),
      ),
      ...unlocked.map(({ name, path, remedy }) =>
        toFinding(
          path,
          `${name} is new, and no lock file names it, so that nothing would install or audit it. ${remedy}.`,
        ),
      ),
    ];
    if (findings.length > 0) {
      return {
        kind: 'fail',
        summary: summarise(found.length, bare.length, unlocked.length),
        findings: findings.slice(0, MAX_FINDINGS),
      };
    }
    const agreed = await findReasons(onNew === 'hold' ? names : [], paths, (path) =>
      readAgreed(evidence, path),
    );
    const open = onNew === 'hold' ? found.filter(({ name }) => !agreed.has(name)) : [];
    return open.length === 0
      ? { kind: 'pass', summary: `Justified: ${names.join(', ')}.` }
      : {
          kind: 'hold',
          summary: `A person must agree to new dependencies: ${open.map(({ name }) => name).join(', ')}.`,
          findings: open
            .map(({ name, path }) =>
              toFinding(
                path,
                `${name} is new, and nobody has agreed to it. The reason given: ${justified.get(name)}`,
              ),
            )
            .slice(0, MAX_FINDINGS),
        };
  },
});

function summarise(found: number, bare: number, unlocked: number): string {
  const parts = [
    ...(bare > 0 || unlocked === 0 ? [`${bare} of ${found} new dependencies are not justified`] : []),
    ...(unlocked > 0 ? [`${unlocked} of ${found} new dependencies are in no lock file`] : []),
  ];
  return `${parts.join('; ')}.`;
}

function toFinding(path: string, message: string): Finding {
  return { path, message, severity: 'error' };
}

/** The documents that the run has written. */
async function listDocuments(evidence: Evidence, globs: readonly string[]): Promise<readonly string[]> {
  const isDocument = picomatch([...globs], { dot: true });
  const changed = await evidence.changedFiles();
  return changed.flatMap(({ path, status }) => (status !== 'deleted' && isDocument(path) ? [path] : []));
}

/** The reason that is given for each of the names, of those for which there is one. */
async function findReasons(
  names: readonly string[],
  paths: readonly string[],
  read: (path: string) => Promise<string | null>,
): Promise<ReadonlyMap<string, string>> {
  const texts = await Promise.all(paths.map(read));
  return new Map(texts.flatMap((text) => (text === null ? [] : [...findJustified(text, names)])));
}

async function readAgreed(evidence: Evidence, path: string): Promise<string | null> {
  const bytes = await evidence.readAgreed(path);
  return bytes === null ? null : new TextDecoder().decode(bytes);
}
