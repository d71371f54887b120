import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Check } from '../../../src/composition/preflight/check.ts';
import { judgeClock } from '../../../src/composition/preflight/checks/clock.ts';
import { checkFiles } from '../../../src/composition/preflight/checks/files.ts';
import { judgeGit } from '../../../src/composition/preflight/checks/git.ts';
import { compareGrants } from '../../../src/composition/preflight/compare-grants.ts';
import { runChecks } from '../../../src/composition/preflight/run-checks.ts';

describe('src/composition/preflight', () => {
  test.each([
    ['git version 2.37.9', 'fail'],
    ['git version 2.38.0', 'warn'],
    ['git version 2.39.5', 'warn'],
    ['git version 2.43.6', 'warn'],
    ['git version 2.43.7', 'ok'],
    ['git version 2.48.1', 'warn'],
    ['git version 2.50.0', 'warn'],
    ['git version 2.50.1.windows.1', 'ok'],
    ['git version 2.51.0', 'ok'],
    ['git version 3.0', 'ok'],
    ['busybox', 'fail'],
  ])('%s is %s', (words, level) => {
    expect(judgeGit('/usr/bin/git', words).level).toBe(level);
  });

  test.each([
    // Here, before and after; GitHub says 12:00:00.
    ['2026-01-01T12:00:00.900Z', 'ok'],
    ['2026-01-01T12:00:04Z', 'ok'],
    ['2026-01-01T12:00:20Z', 'warn'],
    ['2026-01-01T11:59:40Z', 'warn'],
    ['2026-01-01T12:05:00Z', 'fail'],
    ['2026-01-01T11:50:00Z', 'fail'],
  ])('at %s here the clock is %s', (here, level) => {
    const sentMs = Date.parse(here);
    const line = judgeClock('Thu, 01 Jan 2026 12:00:00 GMT', { sentMs, heardMs: sentMs + 100 });
    expect(line.level).toBe(level);
  });

  test('a slow answer is no wrong clock, and one without a time is not trusted', () => {
    const sentMs = Date.parse('2026-01-01T11:59:30Z');
    const slow = judgeClock('Thu, 01 Jan 2026 12:00:00 GMT', { sentMs, heardMs: sentMs + 31_000 });
    expect(slow.level).toBe('ok');
    expect(judgeClock(null, { sentMs, heardMs: sentMs }).level).toBe('warn');
  });

  test('grants are compared by rank, and what may be granted besides is not too much', () => {
    const wanted = { metadata: 'read', issues: 'write' };
    expect(compareGrants({ metadata: 'write', issues: 'read', workflows: 'write' }, wanted)).toEqual({
      missing: ['issues: write'],
      surplus: ['metadata: write'],
    });
  });

  test('names each fault of role files, and misses them when there are none', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'baton-files-'));
    try {
      expect((await checkFiles(directory)).map(({ level }) => level)).toEqual(['fail']);
      await mkdir(join(directory, 'roles'));
      await writeFile(join(directory, 'roles/r.md'), '---\nname: other\n---\n');
      const lines = await checkFiles(directory);
      expect(lines.length).toBeGreaterThan(1);
      expect(lines.every(({ level, text }) => level === 'fail' && text.startsWith('roles/r.md:'))).toBe(true);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  });

  test('a check that breaks or hangs is a FAIL, and keeps no other from its word', async () => {
    const broken: Check = {
      name: 'broken',
      of: 'machine',
      run: () => Promise.reject(new Error('the tool is not there')),
    };
    const hanging: Check = { name: 'hanging', of: 'machine', run: () => new Promise(() => undefined) };
    const fine: Check = {
      name: 'fine',
      of: 'machine',
      run: () => Promise.resolve([{ level: 'ok', text: 'good' }]),
    };
    const found = await runChecks([broken, hanging, fine], null, 20);
    expect(found).toMatchObject([
      { check: 'broken', level: 'fail', text: 'the tool is not there' },
      { check: 'hanging', level: 'fail', text: 'did not answer within 0.02 s' },
      { check: 'fine', level: 'ok', text: 'good' },
    ]);
  });
});
