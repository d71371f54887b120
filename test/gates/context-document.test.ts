import { describe, expect, test } from 'vitest';
import { gate } from '../../src/gates/context-document.ts';
import { type Change, evidenceOf } from '../support/evidence.ts';

const NOTES = 'docs/context/sums.md';

function judge(files: Change['files'], options = {}) {
  return gate.judge(
    evidenceOf({ files: { 'src/a.ts': { head: 'a' }, ...files } }),
    gate.options.parse(options),
  );
}

function lines(count: number): string {
  return `${Array.from({ length: count }, (_, index) => `line ${index + 1}`).join('\n')}\n`;
}

describe('src/gates/context-document.ts', () => {
  test('passes one document that is short enough', async () => {
    expect(await judge({ [NOTES]: { head: lines(150) } })).toEqual({
      kind: 'pass',
      summary: `${NOTES} has 150 lines.`,
    });
  });

  test('fails a document that was not pruned', async () => {
    expect(await judge({ [NOTES]: { base: lines(10), head: lines(151) } })).toMatchObject({
      kind: 'fail',
      findings: [{ path: NOTES, message: expect.stringContaining('Prune it to 150') }],
    });
    expect(await judge({ [NOTES]: { head: lines(4) } }, { maxLines: 3 })).toMatchObject({ kind: 'fail' });
  });

  test('fails a line that hides many', async () => {
    const head = `short\n${'long '.repeat(100)}\n`;
    expect(await judge({ [NOTES]: { head } })).toMatchObject({
      kind: 'fail',
      findings: [{ path: NOTES, line: 2 }],
    });
  });

  test.each(['', ' \n\n'])('fails a document that holds only %j', async (head) => {
    expect(await judge({ [NOTES]: { base: 'a', head } })).toMatchObject({
      kind: 'fail',
      summary: expect.stringContaining('says nothing'),
    });
  });

  test('fails a second document', async () => {
    const verdict = await judge({ [NOTES]: { head: 'a' }, 'docs/context/more.md': { head: 'b' } });
    expect(verdict).toMatchObject({ kind: 'fail', summary: expect.stringContaining('docs/context/more.md') });
  });

  test.each([
    ['there is none', {}],
    ['it was deleted', { [NOTES]: { base: 'a' } }],
    ['it is elsewhere', { 'notes/sums.md': { head: 'a' } }],
  ])('fails when %s', async (_, files) => {
    expect(await judge(files)).toMatchObject({
      kind: 'fail',
      findings: [{ message: expect.stringContaining('docs/context/*.md') }],
    });
  });

  test('looks where it is told to', async () => {
    expect(await judge({ 'notes/sums.md': { head: 'a' } }, { globs: ['notes/*.md'] })).toMatchObject({
      kind: 'pass',
    });
  });
});
