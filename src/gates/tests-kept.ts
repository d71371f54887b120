import picomatch from 'picomatch';
import { z } from 'zod';
import type { AddedLine, ChangedFile, Evidence } from '../domain/evidence.ts';
import type { Finding } from '../domain/finding.ts';
import { defineGate } from '../domain/gate.ts';
import { TEST_FILES, TEST_STARTS } from './parts/test-files.ts';

/** An added line that switches tests off, narrows the run to some of them, or wants one to fail. */
const SWITCHED_OFF = [
  /\b(?:describe|test|it|suite|context|specify)(?:\.(?:concurrent|sequential|serial|parallel|each))?\.(?:only|skip|skipIf|runIf|todo|fixme|fails|failing)\b/,
  /(?<![\w.])(?:x(?:it|test|describe|context|specify)|f(?:it|describe|context))\s?\(/,
  /^\s{0,40}(?:x(?:it|describe|context|specify)|f(?:it|describe|context)) ["']/,
  /(?<![\w.])(?:describe|test|it|suite)\s?\(.{0,300}\b(?:skip|only|todo)\s?:\s?true\b/,
  /\{\s?(?:skip|only|todo)\s?:\s?(?:true\b|["'`]).{0,300}\},\s?(?:async\b|function\b|\()/,
  /(?<![\w.])(?:this|t|ctx|context)\.(?:skip|todo)\(/,
  /\bpytest\.(?:mark\.)?(?:skip|xfail|importorskip)|\bself\.skipTest\(|\bSkipTest\b/,
  /@(?:unittest\.)?(?:skip|skipIf|skipUnless|expectedFailure|Disabled|Ignore)\b/,
  /\b[tb]\.Skip(?:Now|f)?\(/,
];

const MAX_BYTES = 1_000_000;
const MAX_FINDINGS = 50;

const options = z.strictObject({
  globs: z.array(z.string().min(1)).default(TEST_FILES).describe('Globs of test files.'),
});

/** Makes sure that the tests which pass are not the ones that were left. */
export const gate = defineGate({
  name: 'tests-kept',
  summary: 'Fails a change that skips tests, and holds one that takes tests away.',
  options,
  alwaysStrict: true,
  async judge(evidence, { globs }) {
    const isTest = picomatch(globs, { dot: true });
    const skipped = (await evidence.addedLines()).filter(
      ({ path, text }) => isTest(path) && switchesOff(text),
    );
    if (skipped.length > 0) {
      return {
        kind: 'fail',
        summary: `${skipped.length} added line(s) skip tests or run only some.`,
        findings: skipped.slice(0, MAX_FINDINGS).map(toSkipFinding),
      };
    }
    const lost: Finding[] = [];
    for (const file of await evidence.changedFiles()) {
      const message = isTest(file.from ?? file.path) ? await describeLoss(file, evidence, isTest) : null;
      if (message !== null) {
        lost.push({ path: file.from ?? file.path, message, severity: 'warning' });
      }
    }
    if (lost.length > 0) {
      return {
        kind: 'hold',
        summary: `A person must agree that tests go in ${lost.length} file(s).`,
        findings: lost,
      };
    }
    return { kind: 'pass', summary: 'No test is skipped or taken away.' };
  },
});

function switchesOff(text: string): boolean {
  return SWITCHED_OFF.some((pattern) => pattern.test(text));
}

function toSkipFinding({ path, line, text }: AddedLine): Finding {
  return {
    path,
    line,
    message: `Every test must run. Mend the code or the test: ${text.trim().slice(0, 200)}`,
    severity: 'error',
  };
}

/** What a changed test file lost; null when it lost nothing. */
async function describeLoss(
  file: ChangedFile,
  evidence: Evidence,
  isTest: (path: string) => boolean,
): Promise<string | null> {
  if (file.status === 'deleted') {
    return 'This test file is deleted.';
  }
  if (!isTest(file.path)) {
    return `This test file became ${file.path}, which no test runner looks for.`;
  }
  if (file.status === 'added') {
    return null;
  }
  const before = countTests(await evidence.readFile('base', file.from ?? file.path));
  const after = countTests(await evidence.readFile('head', file.path));
  if (before === null || after === null) {
    return `This file has more than ${MAX_BYTES} bytes, so that nobody has counted its tests.`;
  }
  return after < before ? `This file had ${before} tests and now has ${after}.` : null;
}

/** Null when there is too much to count. */
function countTests(bytes: Uint8Array | null): number | null {
  if (bytes !== null && bytes.byteLength > MAX_BYTES) {
    return null;
  }
  return new TextDecoder().decode(bytes ?? undefined).match(TEST_STARTS)?.length ?? 0;
}
