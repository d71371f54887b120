import { describe, expect, it } from 'vitest';
import { toCriterion } from '../../src/domain/spec/criterion.ts';
import { gate } from '../../src/gates/criteria.ts';
import { gate as script } from '../../src/gates/script.ts';
import { evidenceOf } from '../support/evidence.ts';

const EVIDENCE = evidenceOf({
  files: { 'src/a.ts': { head: 'a' }, 'docs/x/y.md': { head: 'y' }, 'old.ts': { base: 'gone' } },
  commands: {
    'npm run lint': { kind: 'exited', code: 0, output: '', durationMs: 5 },
    'npm run docs': { kind: 'exited', code: 2, output: 'no docs', durationMs: 5 },
    'npm run slow': { kind: 'timed-out', output: '', durationMs: 5 },
  },
});

function judge(criteria: readonly string[], files: readonly string[] = []) {
  const options = { criteria: criteria.map((text, index) => toCriterion(text, index + 1)), files };
  return gate.judge(EVIDENCE, gate.options.parse(options));
}

describe('gates/criteria', () => {
  it('passes when all holds that can be looked at', async () => {
    expect(
      await judge(
        ['`npm run lint` passes', 'src/*.ts and docs/ exist', 'old.ts is removed', 'It is fast'],
        ['src/a.ts'],
      ),
    ).toEqual({ kind: 'pass', summary: 'All 4 that can be looked at hold.' });
  });

  it('fails with each that does not', async () => {
    const verdict = await judge(
      ['`npm run docs`', 'src/*.py files exist', 'docs/x is gone', '`npm run lint`'],
      ['src/b.ts'],
    );
    expect(verdict).toMatchObject({ kind: 'fail' });
    expect(
      verdict.kind === 'fail' ? verdict.findings.map(({ message }) => message.split('\n')[0]) : [],
    ).toEqual([
      'there is no file src/b.ts',
      'not met: src/*.py files exist; nothing matches src/*.py',
      'not met: docs/x is gone; docs/x is still there',
      'not met: npm run docs',
      '`npm run docs` ended with 2:',
    ]);
  });

  it('is no pass when a command could not end, or nothing can be looked at', async () => {
    expect(await judge(['`npm run slow`'])).toMatchObject({ kind: 'broke' });
    expect(await judge(['It is fast'])).toMatchObject({ kind: 'skip' });
  });
});

describe('gates/script', () => {
  it.each([
    ['npm run lint', 'pass'],
    ['npm run docs', 'fail'],
    ['npm run slow', 'broke'],
    ['nothing', 'broke'],
  ])('%s: %s', async (command, kind) => {
    expect((await script.judge(EVIDENCE, script.options.parse({ command }))).kind).toBe(kind);
  });
});
