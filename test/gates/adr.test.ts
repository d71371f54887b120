import { describe, expect, test } from 'vitest';
import { gate } from '../../src/gates/adr.ts';
import { aRecord } from '../support/decision-record.ts';
import { type Change, evidenceOf } from '../support/evidence.ts';

const PATH = 'docs/adr/ADR-1-sum.md';

function judge(files: Change['files'], options = {}) {
  return gate.judge(
    evidenceOf({ files: { 'src/a.ts': { head: 'a' }, ...files } }),
    gate.options.parse(options),
  );
}

describe('src/gates/adr.ts', () => {
  test.each([350, 400, 450])('passes a record of %d words', async (words) => {
    expect(await judge({ [PATH]: { head: aRecord(words) } })).toEqual({
      kind: 'pass',
      summary: `${PATH} has ${words} words.`,
    });
  });

  test.each([
    [349, 'Say 1 more'],
    [451, 'Leave out the 1 that'],
  ])('fails a record of %d words, and says how many are too many or missing', async (words, remedy) => {
    expect(await judge({ [PATH]: { head: aRecord(words) } })).toMatchObject({
      kind: 'fail',
      findings: [{ path: PATH, line: 1, message: expect.stringContaining(remedy) }],
    });
  });

  test('does not count code or comments, and counts tables', async () => {
    const code = `${aRecord(350)}\n\`\`\`\n${'code '.repeat(500)}\n\`\`\`\n\n<!-- ${'hidden '.repeat(50)} -->\n\n| ---- | two |\n|---|---|\n| three words here | - |\n`;
    expect(await judge({ [PATH]: { head: code } })).toMatchObject({ summary: `${PATH} has 354 words.` });
  });

  test.each([
    ['a word', 'very '.repeat(330)],
    [
      'a sentence',
      'The sum is a function because a function is what adds numbers up in one pass. '.repeat(21),
    ],
  ])('does not take %s that is said again and again for a record', async (_, filler) => {
    const head = `${aRecord(75)}\n${filler}\n`;
    expect(await judge({ [PATH]: { head } })).toMatchObject({
      kind: 'fail',
      findings: [{ path: PATH, line: 1, message: expect.stringMatching(/^Only \d+ of its \d+ words/) }],
    });
  });

  test.each([
    ['## Latency targets', '## Speed', /no section `## Latency targets`/],
    ['p99 stays under 100 ms', 'p99 stays quite low and nice', /no figure/],
    ['## Upgrade path', '## After', /no section `## Upgrade path`/],
    ['Nothing has to be done, because only a function is added.', 'None.', /says too little/],
  ])('wants %s', async (there, instead, message) => {
    const head = aRecord().replace(there, instead);
    expect(await judge({ [PATH]: { head } })).toMatchObject({
      kind: 'fail',
      findings: [{ path: PATH, line: expect.any(Number), message: expect.stringMatching(message) }],
    });
  });

  test('wants one record, beside the one that it replaces', async () => {
    const good = { head: aRecord() };
    expect(await judge({})).toMatchObject({ kind: 'fail', summary: expect.stringContaining('ADR-*.md') });
    expect(await judge({ [PATH]: good, 'docs/adr/ADR-2-sum.md': good })).toMatchObject({ kind: 'fail' });
    const replaced = { 'docs/adr/ADR-0-old.md': { base: 'Status: accepted\n', head: 'Status: replaced\n' } };
    expect(await judge({ [PATH]: good, ...replaced })).toMatchObject({ kind: 'pass' });
    expect(await judge({ [PATH]: { ...good, base: 'before\n' } })).toMatchObject({ kind: 'pass' });
  });

  test('does not take the title of the record for the section that it lacks', async () => {
    const head = aRecord()
      .replace('# The sum is a function', '# Lower latency by an upgrade')
      .replace('## Latency targets', '## Speed');
    expect(await judge({ [PATH]: { head } })).toMatchObject({
      kind: 'fail',
      findings: expect.arrayContaining([
        expect.objectContaining({ message: expect.stringContaining('no section `## Latency targets`') }),
      ]),
    });
  });

  test('refuses limits that nothing can keep', () => {
    expect(gate.options.safeParse({ minWords: 500 }).success).toBe(false);
  });
});
