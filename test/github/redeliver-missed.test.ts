import { describe, expect, it } from 'vitest';
import { type Try, toMissed } from '../../src/github/redeliver-missed.ts';

const WEBHOOKS = [{ event: 'issues', actions: ['labeled', 'closed'] }];

function aTry(id: number, guid: string, statusCode: number, action = 'labeled'): Try {
  return { id, guid, event: 'issues', action, statusCode };
}

describe('src/github/redeliver-missed', () => {
  it.each<[string, readonly Try[], readonly number[]]>([
    ['no answer', [aTry(1, 'a', 0)], [1]],
    ['an answer that says "not now"', [aTry(1, 'a', 503)], [1]],
    ['a try that got through', [aTry(1, 'a', 202)], []],
    ['a later try that got through', [aTry(2, 'a', 202), aTry(1, 'a', 0)], []],
    ['a refusal of ours', [aTry(1, 'a', 400)], []],
    ['an event nobody listens to', [aTry(1, 'a', 0, 'edited')], []],
    ['the newest of several tries', [aTry(1, 'a', 0), aTry(5, 'a', 502)], [5]],
    ['several, oldest first', [aTry(9, 'c', 0), aTry(3, 'b', 0), aTry(1, 'a', 202)], [3, 9]],
    ['one that fails again and again', [1, 2, 3, 4].map((id) => aTry(id, 'a', 0)), []],
  ])('%s', (_title, tries, expected) => {
    expect(toMissed(tries, WEBHOOKS).map(({ id }) => id)).toEqual(expected);
  });
});
