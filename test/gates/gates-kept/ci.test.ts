import { describe, expect, test } from 'vitest';
import { findInSettings } from '../../../src/gates/gates-kept/rules.ts';

const CI = `on:
  push: { branches: [main] }
  pull_request:
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: npm ci
      - name: Tests
        run: npm test
  lint:
    steps:
      - run: npm run lint
`;

function find(after: string | null, before: string | null = CI, path = '.github/workflows/ci.yml') {
  return findInSettings({ path, before, after }).map(({ message }) => message);
}

describe('src/gates/gates-kept: CI', () => {
  test.each<[string, string | null, RegExp]>([
    ['deleted', null, /deleted/],
    ['unreadable', 'on: [', /cannot be read/],
    ['an event gone', CI.replace('  pull_request:\n', ''), /no longer runs on `pull_request`/],
    ['an event by hand only', CI.replace(/on:[\s\S]*jobs:/, 'on: workflow_dispatch\njobs:'), /on `push`/],
    [
      'paths that narrow',
      CI.replace('pull_request:', 'pull_request: { paths: [src] }'),
      /fewer `pull_request`/,
    ],
    [
      'paths left out',
      CI.replace('pull_request:', 'pull_request: { paths-ignore: [src] }'),
      /fewer `pull_request`/,
    ],
    ['other branches', CI.replace('[main]', '[never]'), /fewer `push`/],
    ['a branch left out', CI.replace('[main]', "[main, '!x']"), /fewer `push`/],
    [
      'a job switched off',
      CI.replace('  lint:', '  lint:\n    if: false'),
      /`lint` now runs only if `false`/,
    ],
    [
      'a job that may fail',
      CI.replace('  lint:', '  lint:\n    continue-on-error: true'),
      /`lint` may now fail/,
    ],
    [
      'a step switched off',
      CI.replace('npm ci\n', 'npm ci\n        if: ${{ false }}\n'),
      /step of `test` now runs/,
    ],
    [
      'a step that may fail',
      CI.replace('npm ci\n', 'npm ci\n        continue-on-error: true\n'),
      /may now fail/,
    ],
    ['a job gone', CI.replace(/  lint:[\s\S]*/, ''), /`lint` was taken out/],
    ['a command gone', CI.replace('run: npm test', 'run: echo'), /no longer runs `npm test`/],
    ['a command that cannot fail', CI.replace('npm test', 'npm test || true'), /no longer runs `npm test`/],
  ])('finds %s', (_, after, message) => {
    expect(find(after)).toContainEqual(expect.stringMatching(message));
  });

  test.each<[string, string]>([
    ['another version of an action', CI.replace('@v4', '@v5')],
    ['another name', CI.replace('Tests', 'All tests')],
    ['one more job', `${CI}  more:\n    steps:\n      - run: npm audit\n`],
    ['one more event', CI.replace('pull_request:', 'pull_request:\n  merge_group:')],
    ['a condition that always holds', CI.replace('  lint:', '  lint:\n    if: true')],
    ['a comment', `# why\n${CI}`],
  ])('leaves %s alone', (_, after) => {
    expect(find(after)).toEqual([]);
  });

  test('leaves a new workflow alone, whatever it may not do', () => {
    expect(find(CI.replace('npm ci\n', 'npm ci\n        if: false\n'), null)).toEqual([]);
  });

  test('reads the pipelines of others by their lines', () => {
    const path = '.gitlab-ci.yml';
    const before = 'test:\n  script: make test\n';
    expect(find(`${before}  allow_failure: true\n`, before, path)).toHaveLength(1);
    expect(find(`${before}  when: manual\n`, before, path)).toHaveLength(1);
    expect(find(null, before, path)).toHaveLength(1);
    expect(find(`${before}  stage: b\n`, before, path)).toEqual([]);
  });

  test('is not held up by aliases that multiply', () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      'b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]',
      'c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]',
      'd: [*c,*c,*c,*c,*c,*c,*c,*c,*c]',
    ];
    expect(find(bomb.join('\n'))).toEqual([expect.stringMatching(/cannot be read/)]);
  });
});
