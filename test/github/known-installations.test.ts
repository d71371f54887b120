import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGithub } from './support/open-github.ts';

let github: Awaited<ReturnType<typeof openGithub>>;

beforeAll(async () => {
  github = await openGithub();
});
afterAll(async () => {
  await github.close();
});

describe('src/github/known-installations', () => {
  it('knows its own installation, and asks once in a while', async () => {
    const { isKnownInstallation } = github.app;
    expect([await isKnownInstallation(77), await isKnownInstallation(77)]).toEqual([true, true]);
    expect(countAsked(77)).toBe(1);
    await github.timer.sleep(11 * 60_000);
    await isKnownInstallation(77);
    expect(countAsked(77)).toBe(2);
  });

  it('turns away the installation of somebody else, and looks again soon', async () => {
    const { isKnownInstallation } = github.app;
    expect([await isKnownInstallation(4711), await isKnownInstallation(4711)]).toEqual([false, false]);
    expect(countAsked(4711)).toBe(1);
    await github.timer.sleep(31_000);
    await isKnownInstallation(4711);
    expect(countAsked(4711)).toBe(2);
  });

  it('lets deliveries in while GitHub cannot say, and does not remember that', async () => {
    github.simulator.inject({ path: /^\/app\/installations\/4712$/, status: 500, times: 10 });
    expect(await github.app.isKnownInstallation(4712)).toBe(true);
  });
});

function countAsked(id: number): number {
  return github.simulator.requests().filter(({ path }) => path.endsWith(`/app/installations/${id}`)).length;
}
