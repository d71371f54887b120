import picomatch from 'picomatch';
import { z } from 'zod';
import type { Evidence } from '../domain/evidence.ts';
import type { Finding } from '../domain/finding.ts';
import { defineGate } from '../domain/gate.ts';
import { toDocumentPath } from '../domain/own-document.ts';
import type { Entry } from '../domain/plan/entry.ts';
import { readPlan } from '../domain/plan/plan.ts';
import { planPathSchema } from './parts/plan-path.ts';
import { readText } from './parts/read-text.ts';

const MAX_FINDINGS = 50;

/** What a plan says of a file that will not be there. */
const GOES = /\b(?:delet|remov|renam|mov)(?:e|ed|es|ing)\b/i;

/** Words in code spans that are no paths are left to the reader. */
const PATH = /^(?!.*:\/\/)[^\s`]*(?:\/|\.\w)[^\s`]*$/;

const options = z.strictObject({
  path: planPathSchema,
  mayBeEmpty: z
    .array(z.string().min(1))
    .default(['**/__init__.py', '**/py.typed', '**/.gitkeep', '**/.keep'])
    .describe('Globs of files that are empty by custom.'),
});

/** Sees to it that what was planned is there before anybody builds on it. */
export const gate = defineGate({
  name: 'files-planned',
  summary: 'Fails a change in which a file of the plan is missing, or an added file is empty.',
  options,
  async judge(evidence, { path: pattern, mayBeEmpty }) {
    const path = toDocumentPath(pattern, evidence.ticket.key);
    const changed = await evidence.changedFiles();
    const text = await readText(evidence, 'head', path);
    if (text === null) {
      return changed.length === 0
        ? { kind: 'skip', summary: 'Nothing has changed.' }
        : fail(`There is no plan in ${path}.`, [toFinding(`Write the plan as ${path}.`)]);
    }
    const planned = (readPlan(text).files?.entries ?? []).filter((entry) => PATH.test(entry.text));
    if (planned.length === 0) {
      const message =
        'List every file that is added or changed under `## Files`, one per line in a code span.';
      return fail(`${path} names no file.`, [{ path, message, severity: 'error' }]);
    }
    const missing = findMissing(planned, await evidence.paths());
    const added = changed.filter(({ status, binary }) => status !== 'deleted' && !binary);
    const mayBe = picomatch([...mayBeEmpty], { dot: true });
    const empty = await findEmpty(
      evidence,
      added.map((file) => file.path).filter((name) => !mayBe(name)),
    );
    const findings = [
      ...missing.map(
        ({ text: name, line }): Finding => ({
          path,
          line,
          message: `${name} is planned and not there. Add it, or mend the plan; if it goes, say "deleted" behind it.`,
          severity: 'error',
        }),
      ),
      ...empty.map((name) => ({
        ...toFinding(`${name} is empty. Give it its content, or take it out.`),
        path: name,
      })),
    ];
    return findings.length === 0
      ? { kind: 'pass', summary: `All ${planned.length} planned files are there, and none is empty.` }
      : fail(`${missing.length} planned files are missing, ${empty.length} files are empty.`, findings);
  },
});

function findMissing(planned: readonly Entry[], paths: readonly string[]): readonly Entry[] {
  return planned.filter(({ text, note }) => !GOES.test(note) && !isThere(text, paths));
}

/** A directory is there when a file is in it. A path may have brackets in its name, so it is first taken as it is. */
function isThere(planned: string, paths: readonly string[]): boolean {
  const plain = planned.replace(/^\.?\//, '');
  const below = plain.endsWith('/') ? plain : `${plain}/`;
  if (paths.some((path) => path === plain || path.startsWith(below))) {
    return true;
  }
  const isMatch = picomatch(plain, { dot: true });
  return paths.some((path) => isMatch(path));
}

async function findEmpty(evidence: Evidence, paths: readonly string[]): Promise<readonly string[]> {
  const empty: string[] = [];
  for (const path of paths) {
    const bytes = await evidence.readFile('head', path);
    // Longer than white space ever is: it need not be decoded.
    if (bytes !== null && bytes.byteLength < 1_000 && new TextDecoder().decode(bytes).trim() === '') {
      empty.push(path);
    }
  }
  return empty;
}

function fail(summary: string, findings: readonly Finding[]) {
  return { kind: 'fail', summary, findings: findings.slice(0, MAX_FINDINGS) } as const;
}

function toFinding(message: string): Finding {
  return { message, severity: 'error' };
}
