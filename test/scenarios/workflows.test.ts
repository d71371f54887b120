import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Scene, SMALL, setScene } from './scene.ts';
import { FEATURES } from './stories/feature-stories.ts';
import { OPERATIONS } from './stories/operations-stories.ts';
import {
  expectedRows,
  passedOverIn,
  performedIn,
  playStory,
  stepRows,
  toAttempts,
} from './stories/play-story.ts';
import type { Ticket } from './ticket.ts';
import { expectTidy } from './tidy.ts';

const STORIES = { ...FEATURES, ...OPERATIONS };
let scene: Scene;
beforeAll(async () => {
  scene = await setScene(Object.keys(STORIES).map(() => SMALL));
});
afterAll(() => scene.stop());

async function filesOf(ticket: Ticket, pull: number): Promise<readonly string[]> {
  const { rest } = scene.stage.as('boss');
  const { data } = await rest.pulls.listFiles({ ...ticket.place, pull_number: pull });
  return data.map(({ filename }) => filename);
}

describe('scenarios/workflows', () => {
  it.each(Object.entries(STORIES))('%s', async (_name, story) => {
    const ticket = await playStory(scene, story);
    expect(await stepRows(ticket)).toEqual(expectedRows(story));
    expect(passedOverIn(scene, ticket)).toEqual(expect.arrayContaining(Object.keys(story.passedOver)));
    const performed = await performedIn(scene, ticket);
    expect(toAttempts(story, performed)).toBe(story.performed.join(' '));
    const pulls = await ticket.pulls();
    expect(pulls).toMatchObject([{ title: 'Add up', draft: false, base: { ref: 'main' } }]);
    expect(await filesOf(ticket, pulls[0]?.number ?? 0)).toEqual(story.files);
    expect(pulls[0]?.body).toContain(`Closes #${ticket.number}`);
  });

  it('leaves every issue tidy', async () => {
    await expectTidy(scene);
  });
});
