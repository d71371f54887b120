import picomatch from 'picomatch';
import { z } from 'zod';
import type { AddedLine, Evidence } from '../domain/evidence.ts';
import type { Finding } from '../domain/finding.ts';
import { defineGate } from '../domain/gate.ts';
import { linesOfTests } from './parts/lines-of-tests.ts';
import { readText } from './parts/read-text.ts';
import { toUnparsed } from './parts/to-unparsed.ts';

/** Where the tests of several parts together are, in common languages. */
const INTEGRATION = [
  '**/*.{integration,int,e2e}.*',
  '**/*.{integration,int,e2e}.{test,spec}.*',
  '**/{integration,integration-tests,integration_tests,e2e,it}/**/*.{js,cjs,mjs,jsx,ts,cts,mts,tsx,py,go,rb}',
  '**/test_*_integration.py',
  '**/test_integration*.py',
  '**/*_integration_test.{py,go}',
];

/** Where the start of a test is known. */
const READ = /\.(?:[cm]?[jt]sx?|py|go)$/;

const options = z.strictObject({
  required: z.boolean().default(true).describe('Whether a change needs one at all.'),
  globs: z.array(z.string().min(1)).min(1).default(INTEGRATION).describe('Globs of integration tests.'),
});

/** Whether parts are tested together is a matter of where tests are; what they prove is for the reviewer. */
export const gate = defineGate({
  name: 'integration-tests',
  summary: 'Fails a change that adds or changes no integration test that always runs.',
  options,
  async judge(evidence, { required, globs }) {
    if (!required) {
      return { kind: 'skip', summary: 'This repository does not require integration tests.' };
    }
    const isIntegration = picomatch(globs, { dot: true });
    const changed = await evidence.changedFiles();
    if (changed.length === 0) {
      return { kind: 'skip', summary: 'Nothing has changed.' };
    }
    const { found, unread, idle } = await findTests(evidence, isIntegration);
    if (found.length > 0) {
      return { kind: 'pass', summary: `${found.length} integration test file(s) are added or changed.` };
    }
    const message = `Add a test of the parts together, in a file such as tests/integration/orders.test.ts (${globs.slice(0, 2).join(', ')}).`;
    return {
      kind: 'fail',
      summary: 'No integration test is added or changed.',
      findings: [{ message, severity: 'error' }, ...unread, ...idle],
    };
  },
});

interface Found {
  /** The files with a test that has got a line. */
  readonly found: readonly string[];
  /** A finding for each file that cannot be parsed. */
  readonly unread: readonly Finding[];
  /** A finding for each file where only tests that need not run have got a line. */
  readonly idle: readonly Finding[];
}

/** A file that was moved, emptied or made executable tests no more than before. */
async function findTests(evidence: Evidence, isIntegration: (path: string) => boolean): Promise<Found> {
  const written = (await evidence.addedLines()).filter(
    ({ path, text }) => isIntegration(path) && /\w/.test(text),
  );
  const found: string[] = [];
  const unread: Finding[] = [];
  const idle: Finding[] = [];
  for (const [path, lines] of Map.groupBy(written, (line) => line.path)) {
    const tests = READ.test(path)
      ? await linesOfTests(path, (await readText(evidence, 'head', path)) ?? '')
      : 'unknown';
    if (tests === null) {
      unread.push(toUnparsed(path));
    } else if (tests === 'unknown' || lines.some(({ line }) => tests.run.has(line - 1))) {
      found.push(path);
    } else {
      idle.push(...toIdle(lines.find(({ line }) => tests.idle.has(line - 1))));
    }
  }
  return { found, unread, idle };
}

function toIdle(added: AddedLine | undefined): readonly Finding[] {
  if (added === undefined) {
    return [];
  }
  const message =
    'The tests that are written here do not count: they stand under a condition, are switched off or check nothing. Let one run always.';
  return [{ path: added.path, line: added.line, message, severity: 'error' }];
}
