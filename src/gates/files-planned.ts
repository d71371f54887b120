import picomatch from 'picomatch';
import { z } from 'zod';
import { amountOf } from '../domain/amount-of.ts';
import type { Evidence } from '../domain/evidence.ts';
import type { Finding } from '../domain/finding.ts';
import { defineGate } from '../domain/gate.ts';
import { toDocumentPath } from '../domain/own-document.ts';
import type { Entry } from '../domain/plan/entry.ts';
import { readPlan } from '../domain/plan/plan.ts';
import { isThere } from './parts/is-there.ts';
import { planPathSchema } from './parts/plan-path.ts';
import { readText } from './parts/read-text.ts';
import { withoutComments } from './parts/without-comments.ts';

const MAX_FINDINGS = 50;

/** Nobody writes as much and says nothing. */
const MAX_BYTES = 1_000_000;

/** All that a file of Python says, and it is a text for people. */
const ONLY_TEXT = /^[rRuU]?(?:("""|''')(?:(?!\1)[\s\S])*\1|"[^"\n]*"|'[^'\n]*')$/;

/** What tools do by what stands in a comment: references of TypeScript, and lists of files in Rails. */
const DIRECTIVE =
  /^[ \t]*(?:\/\/\/[ \t]*<(?:reference|amd-\w+)\s|(?:\/\/|#|\*)=[ \t]*(?:require|include|link|depend_on|stub))/m;

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
  summary:
    'Fails a change in which a file of the plan is missing, or one of them, or an added file, is empty or has only comments.',
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
    const paths = await evidence.paths();
    const missing = findMissing(planned, paths);
    const written = [
      ...changed.filter(({ status, binary }) => status !== 'deleted' && !binary).map((file) => file.path),
      ...planned.filter(({ note }) => !GOES.test(note)).map((entry) => entry.text),
    ];
    const mayBe = picomatch([...mayBeEmpty], { dot: true });
    const empty = await findEmpty(
      evidence,
      [...new Set(written)].filter((name) => !mayBe(name) && paths.includes(name)),
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
        ...toFinding(`${name} is empty, or has only comments. Give it its content, or take it out.`),
        path: name,
      })),
    ];
    return findings.length === 0
      ? {
          kind: 'pass',
          summary: `${amountOf(planned.length, 'planned file')}: all are there, and none is empty.`,
        }
      : fail(
          `Missing: ${amountOf(missing.length, 'planned file')}; empty: ${amountOf(empty.length, 'file')}.`,
          findings,
        );
  },
});

function findMissing(planned: readonly Entry[], paths: readonly string[]): readonly Entry[] {
  return planned.filter(({ text, note }) => !GOES.test(note) && !isThere(text, paths));
}

async function findEmpty(evidence: Evidence, paths: readonly string[]): Promise<readonly string[]> {
  const empty: string[] = [];
  for (const path of paths) {
    const bytes = await evidence.readFile('head', path);
    if (
      bytes !== null &&
      bytes.byteLength < MAX_BYTES &&
      saysNothing(path, new TextDecoder().decode(bytes))
    ) {
      empty.push(path);
    }
  }
  return empty;
}

function saysNothing(path: string, text: string): boolean {
  const code = withoutComments(path, text).trim();
  return (code === '' && !DIRECTIVE.test(text)) || (path.endsWith('.py') && ONLY_TEXT.test(code));
}

function fail(summary: string, findings: readonly Finding[]) {
  return { kind: 'fail', summary, findings: findings.slice(0, MAX_FINDINGS) } as const;
}

function toFinding(message: string): Finding {
  return { message, severity: 'error' };
}
