import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { holding } from '../support/recordings.ts';
import { approving } from './agents.ts';
import type { Proposal } from './proposal.ts';
import { type Scene, SMALL, setScene } from './scene.ts';
import { expectTidy } from './tidy.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await setScene(Array.from({ length: 5 }, () => SMALL));
});
afterAll(() => scene.stop());

async function checksOn(pull: Proposal, sha: string): Promise<string[]> {
  return (await pull.checks(sha)).map(({ name, conclusion }) => `${name}: ${conclusion}`);
}

/** The comments that tell a maintainer what is needed. */
async function notices(pull: Proposal): Promise<string[]> {
  return (await pull.said()).filter((text) => text.includes('needs the word of a maintainer'));
}

/** Whether any mirror of Baton has the commit. */
async function isFetched(sha: string): Promise<boolean> {
  const mirrors = join(scene.stage.directory, 'home-0/workspace/mirrors');
  const found = await Promise.all(
    (await readdir(mirrors)).map(async (name) => {
      const look = promisify(execFile)('git', ['--git-dir', join(mirrors, name), 'cat-file', '-e', sha]);
      return await look.then(
        () => true,
        () => false,
      );
    }),
  );
  return found.includes(true);
}

describe('scenarios/fork-review', () => {
  it('is not touched before somebody vouches for its commit; the one notice names the newest', async () => {
    await scene.play({ 'review.1': approving });
    const pull = await scene.propose({ by: 'oscar', fork: true });
    await scene.handled();
    expect(await notices(pull)).toEqual([expect.stringContaining(`/baton run review ${pull.sha}`)]);
    const sha = await pull.push('oscar', 'src/more.ts');
    await scene.handled();
    expect(await notices(pull)).toEqual([expect.stringContaining(`/baton run review ${sha}`)]);
    expect(await pull.said()).toHaveLength(1);
    expect(await pull.checks(sha)).toEqual([]);
    expect(await Promise.all([isFetched(pull.sha), isFetched(sha)])).toEqual([false, false]);
  });

  it('a label of a maintainer counts for that commit, and for none that is pushed later', async () => {
    await scene.play({ 'review.1': approving });
    const pull = await scene.propose({ by: 'oscar', fork: true });
    await pull.label('maya', 'baton:review');
    await pull.run({ state: 'succeeded' });
    expect(await checksOn(pull, pull.sha)).toContain('baton / review: success');
    const sha = await pull.push('oscar', 'src/more.ts');
    await scene.handled();
    expect(await pull.progress()).toHaveLength(1);
    expect(await notices(pull)).toEqual([expect.stringContaining(sha)]);
    expect(await pull.checks(sha)).toEqual([]);
    expect(await isFetched(sha)).toBe(false);
  });

  it('a label of somebody else counts for nothing', async () => {
    const pull = await scene.propose({ by: 'oscar', fork: true });
    await pull.label('tess', 'baton:review');
    await scene.handled();
    expect(await pull.progress()).toEqual([]);
    expect(await pull.said()).toContainEqual(expect.stringMatching(/Nothing was started: the label/));
    await pull.comment('oscar', `/baton run review ${pull.sha}`);
    await scene.handled();
    expect(await pull.progress()).toEqual([]);
    expect(await isFetched(pull.sha)).toBe(false);
  });

  it('a command names the newest commit, or is told the line that does', async () => {
    await scene.play({ 'review.1': approving });
    const pull = await scene.propose({ by: 'oscar', fork: true });
    await pull.comment('maya', '/baton run review');
    await scene.handled();
    expect(await pull.said()).toContainEqual(
      expect.stringMatching(new RegExp(`must be named[\\s\\S]*/baton run review ${pull.sha}`)),
    );
    const sha = await pull.push('oscar', 'src/more.ts');
    await pull.comment('maya', `/baton run review ${pull.sha.slice(0, 10)}`);
    await scene.handled();
    expect(await pull.said()).toContainEqual(
      expect.stringMatching(new RegExp(`is not the newest commit[\\s\\S]*/baton run review ${sha}`)),
    );
    expect(await pull.progress()).toEqual([]);
    await pull.comment('maya', `/baton run review ${sha.slice(0, 7)}`);
    await pull.run({ state: 'succeeded' });
    expect((await pull.progress())[0]).toContain('of a fork');
    expect(await pull.checks(pull.sha)).toEqual([]);
  });

  it('a maintainer vouches for their own fork too, commit by commit', async () => {
    await scene.play({ 'review.1': holding(approving) });
    const pull = await scene.propose({ by: 'maya', fork: true });
    await scene.handled();
    expect(await pull.said()).toEqual([expect.stringContaining(pull.sha)]);
    await pull.label('maya', 'baton:review');
    await pull.run({ state: 'running', step: 'review' });
    const sha = await pull.push('maya', 'src/more.ts');
    await pull.run({ state: 'cancelled' });
    await scene.handled();
    expect(await pull.progress()).toHaveLength(1);
    expect(await notices(pull)).toEqual([expect.stringContaining(sha)]);
    expect(await isFetched(sha)).toBe(false);
  });

  it('leaves every page tidy', async () => {
    await expectTidy(scene);
  });
});
