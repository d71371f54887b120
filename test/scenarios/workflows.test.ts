import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Scene, SMALL, setScene } from './scene.ts';
import { FEATURES } from './stories/feature-stories.ts';
import { OPERATIONS } from './stories/operations-stories.ts';
import { expectedRows, performedIn, playStory, stepRows, toAttempts } from './stories/play-story.ts';
import type { Ticket } from './ticket.ts';
import { expectTidy } from './tidy.ts';

const STORIES = { ...FEATURES, ...OPERATIONS };
let scene: Scene;
beforeAll(async () => {
  scene = await setScene(Object.keys(STORIES).map(() => SMALL));
}, 120_000);
afterAll(() => scene.stop());

async function filesOf(ticket: Ticket, pull: number): Promise<readonly string[]> {
  const { rest } = scene.stage.as('boss');
  const { data } = await rest.pulls.listFiles({ ...ticket.place, pull_number: pull });
  return data.map(({ filename }) => filename);
}

describe('scenarios/workflows', { timeout: 60_000 }, () => {
  it.each(Object.entries(STORIES))('%s', async (_name, story) => {
    const ticket = await playStory(scene, story);
    expect(await stepRows(ticket)).toEqual(expectedRows(story));
    expect(toAttempts(story, await performedIn(scene, ticket))).toBe(story.performed.join(' '));
    const pulls = await ticket.pulls();
    expect(pulls).toMatchObject([{ title: 'Add up', draft: false, base: { ref: 'main' } }]);
    expect(await filesOf(ticket, pulls[0]?.number ?? 0)).toEqual(story.files);
    expect(pulls[0]?.body).toContain(`Closes #${ticket.number}`);
  });

  it.each([
    ['research', 'first-design'],
    ['query-analysis', 'log-analysis'],
  ])('%s and %s are asked at the same time', async (...steps) => {
    const all = await Promise.all(scene.tickets.map((ticket) => performedIn(scene, ticket)));
    const slow = all
      .map((performed) => performed.filter(({ step }) => steps.includes(step)))
      .filter(
        (pair) => pair.length === 2 && pair.every(({ startedMs, endedMs }) => endedMs - startedMs >= 400),
      );
    expect(slow).toHaveLength(1);
    const [one, other] = slow[0] ?? [];
    expect(other?.startedMs).toBeLessThan(one?.endedMs ?? 0);
  });

  it('leaves every issue tidy', async () => {
    await expectTidy(scene);
  });
});
