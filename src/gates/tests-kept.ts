import picomatch from 'picomatch';
import { z } from 'zod';
import type { AddedLine, ChangedFile, Evidence } from '../domain/evidence.ts';
import type { Finding } from '../domain/finding.ts';
import { defineGate } from '../domain/gate.ts';
import { TEST_FILES, TEST_STARTS } from './parts/test-files.ts';

/** An added line that switches tests off or narrows the run to some of them. */
const SWITCHED_OFF = [
  /\b(?:describe|test|it|suite|context|specify)\.(?:only|skip|todo|fixme)\b/,
  /(?<![\w.])(?:xit|xtest|xdescribe|fit|fdescribe)\s?\(/,
  /(?<![\w.])(?:describe|test|it|suite)\s?\(.{0,300}\b(?:skip|only)\s?:\s?true\b/,
  /@(?:pytest\.mark|unittest)\.skip/,
  /\bt\.Skip(?:Now|f)?\(/,
];

const MAX_LINE_LENGTH = 2_000;
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
  const line = text.slice(0, MAX_LINE_LENGTH);
  return SWITCHED_OFF.some((pattern) => pattern.test(line));
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
  return after < before ? `This file had ${before} tests and now has ${after}.` : null;
}

function countTests(bytes: Uint8Array | null): number {
  if (bytes === null || bytes.byteLength > MAX_BYTES) {
    return 0;
  }
  return new TextDecoder().decode(bytes).match(TEST_STARTS)?.length ?? 0;
}
