import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { APP_CALLS } from './conformance/app-calls.ts';
import type { Kept } from './conformance/conformance-call.ts';
import { CONTENT_CALLS } from './conformance/content-calls.ts';
import { GIT_CALLS } from './conformance/git-calls.ts';
import { ISSUE_CALLS } from './conformance/issue-calls.ts';
import { LABEL_CALLS } from './conformance/label-calls.ts';
import { PULL_CALLS } from './conformance/pull-calls.ts';
import { REACTION_CALLS } from './conformance/reaction-calls.ts';
import { openPlayground, type Playground } from './support/open-playground.ts';

// Held against GitHub's documentation. Later calls build on what earlier ones made.
const CALLS = [
  ...APP_CALLS,
  ...LABEL_CALLS,
  ...ISSUE_CALLS,
  ...REACTION_CALLS,
  ...GIT_CALLS,
  ...CONTENT_CALLS,
  ...PULL_CALLS,
];

describe('src/simulator/routes', () => {
  let play: Playground;
  const kept: Kept = new Map();

  beforeAll(async () => {
    play = await openPlayground();
  });
  afterAll(() => play.close());

  test.each(CALLS)('$name: $status', async ({ call, status, expected }) => {
    const answer = await call(play, kept).catch((error: { status: number; message: string }) => error);
    expect([answer.status, 'message' in answer ? answer.message : '']).toEqual([status, expect.anything()]);
    if (expected !== undefined && 'data' in answer) {
      expect({ data: answer.data }).toMatchObject({ data: expected });
    }
  });

  test('every write it made is in the ledger under the name of its operation', () => {
    const kinds = new Set(play.simulator.ledger().map(({ kind }) => kind));
    for (const kind of ['issues/create', 'git/create-ref', 'pulls/create', 'reactions/create-for-issue']) {
      expect(kinds).toContain(kind);
    }
    expect(play.simulator.ledger().every(({ actor }) => actor !== 'mallory')).toBe(true);
  });
});
