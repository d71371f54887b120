import { describe, expect, it } from 'vitest';
import { checkDone } from '../../../src/domain/team/check-done.ts';
import type { SeenPull } from '../../../src/domain/team/sight.ts';

const PULL: SeenPull & { readonly issue: number } = {
  number: 7,
  title: 'Add up',
  body: '',
  url: '',
  author: { id: 1, login: 'baton[bot]' },
  headSha: 'a'.repeat(40),
  headRef: 'baton/3-add-up',
  baseRef: 'main',
  fork: false,
  draft: false,
  state: 'merged',
  mergedMs: 0,
  issue: 3,
  touchesInterface: false,
};

describe('src/domain/team/check-done', () => {
  it.each([
    ['', true],
    ['- [x] It adds up', true],
    ['- [ ] It adds up', false],
    ['+ [ ] It adds up', false],
    ['1. [x] It adds up\n2. [ ] And rounds', false],
    ['- What is to be seen:\n  - [ ] It adds up', false],
    ['```\n- [ ] an example\n```', true],
    ['<!--\n- [ ] of the template\n-->', true],
    ['> - [ ] as the issue had it', true],
    ['| a |\n| --- |\n| - [ ] no box |', true],
  ])('sees in %j whether a box is left open', (body, holds) => {
    const items = checkDone({ ...PULL, body }, { issues: [], runs: [] });
    expect(items.find(({ what }) => what.includes('box'))?.holds).toBe(holds);
  });
});
