import picomatch from 'picomatch';
import { z } from 'zod';
import { defineGate } from '../domain/gate.ts';

/** Marks of work that was put off. Upper case and whole words only, so that `todos` and `XXXL` are left alone. */
const MARKS = /(?<![A-Za-z0-9_])(?:TODO|FIXME|XXX|HACK)(?![A-Za-z0-9_])/;

/** Words of code that is not there yet, in lower case. */
const STUBS = [
  'not implemented',
  'not yet implemented',
  'not built yet',
  'not yet built',
  'yet to be implemented',
  'left as an exercise',
  'notimplementederror',
  'notimplementedexception',
  'unimplemented!(',
  'todo!(',
  'implement me',
  'implement this later',
  'implementation goes here',
  'your code here',
  'code goes here',
  'rest of the code',
  'rest of the implementation',
  'existing code here',
  'placeholder implementation',
  'placeholder for now',
  'stub implementation',
];

/** Words of code that only acts as if; what tests do is another matter. */
const MOCKS = [
  'mock implementation',
  'mock data',
  'mock response',
  'mocked for now',
  'fake implementation',
  'fake data',
  'dummy implementation',
  'dummy data',
  'hardcoded for now',
  'hard-coded for now',
  'simulated for now',
];

/** Tests, and what stands in for the world in them. */
const TESTS = [
  '**/*.{test,spec,stories,mock}.*',
  '**/{test,tests,__tests__,__mocks__,spec,mocks,fixtures,testdata}/**',
  '**/{test_*,conftest}.py',
  '**/*_test.{py,go}',
];

/** Prose and data: there a `TODO` can be the subject itself. */
const NOT_CODE = [
  '**/*.{md,mdx,txt,rst,adoc,json,csv,svg,snap,lock,patch,diff}',
  '**/{LICENSE,NOTICE,CHANGELOG}*',
];

/** Longest part of a line that is read. */
const MAX_LINE_LENGTH = 2_000;
const MAX_FINDINGS = 50;

const options = z.strictObject({
  allow: z
    .array(z.string().min(1))
    .default([])
    .describe('Plain texts; an added line that contains one of them is accepted.'),
  exclude: z.array(z.string().min(1)).default(NOT_CODE).describe('Globs of files that are not code.'),
});

/** Refuses work that only looks done. */
export const gate = defineGate({
  name: 'no-placeholders',
  summary: 'Fails added code that puts work off: TODO, FIXME, "not implemented" and other stubs and mocks.',
  options,
  async judge(evidence, { allow, exclude }) {
    const isExcluded = picomatch(exclude, { dot: true, nocase: true });
    const isTest = picomatch(TESTS, { dot: true });
    const found = (await evidence.addedLines()).filter(
      ({ path, text }) =>
        !isExcluded(path) &&
        (isPlaceholder(text) || (!isTest(path) && isMock(text))) &&
        !allow.some((allowed) => text.includes(allowed)),
    );
    if (found.length === 0) {
      return { kind: 'pass', summary: 'No added line puts work off.' };
    }
    return {
      kind: 'fail',
      summary: `${found.length} added line(s) put work off.`,
      findings: found.slice(0, MAX_FINDINGS).map(({ path, line, text }) => ({
        path,
        line,
        message: `Do this now, or take it out and name it as left over in the report: ${text.trim().slice(0, 200)}`,
        severity: 'error' as const,
      })),
    };
  },
});

function isPlaceholder(text: string): boolean {
  const line = text.slice(0, MAX_LINE_LENGTH);
  const lower = line.toLowerCase();
  return MARKS.test(line) || STUBS.some((stub) => lower.includes(stub));
}

function isMock(text: string): boolean {
  const lower = text.slice(0, MAX_LINE_LENGTH).toLowerCase();
  return MOCKS.some((mock) => lower.includes(mock));
}
