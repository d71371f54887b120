import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adding } from '../support/patches.ts';
import { holding } from '../support/recordings.ts';
import { approving, GOOD_PATCH, goodAgents, rejecting, work } from './agents.ts';
import type { Proposal } from './proposal.ts';
import { type Scene, SMALL, setScene } from './scene.ts';
import { expectTidy } from './tidy.ts';

const WITHOUT_REVIEWS = { ...SMALL, '.github/baton.yml': 'reviews:\n  on: []\n' };

const WITH_A_FAULT = { ...SMALL, '.github/baton.yml': 'reviews:\n  on: [merged]\n' };

let scene: Scene;
beforeAll(async () => {
  // Taken in order; the last two are named where they are needed.
  scene = await setScene([...Array.from({ length: 10 }, () => SMALL), WITHOUT_REVIEWS, WITH_A_FAULT]);
});
afterAll(() => scene.stop());

const FAULTY = { owner: 'org-12', repo: 'sums' };
const OFF = { owner: 'org-11', repo: 'sums' };
const PUT_OFF = ['TO', 'DO'].join('');
const DONE = /✅ Baton has reviewed this: nothing stands in the way/;
const CHANGES = /❌ Baton has reviewed this: changes are asked for/;

/** The names and conclusions of the checks on a commit. */
async function checksOn(pull: Proposal, sha: string): Promise<string[]> {
  return (await pull.checks(sha)).map(({ name, conclusion }) => `${name}: ${conclusion}`).toSorted();
}

describe('scenarios/pull-request-review', () => {
  it('a pull request of somebody with write access is judged on its head', async () => {
    await scene.play({ 'review.1': approving });
    const pull = await scene.propose({ by: 'will' });
    await pull.run({ state: 'succeeded', workflow: 'review' });
    expect((await pull.progress())[0]).toMatch(DONE);
    expect((await pull.progress())[0]).toContain(`It is about commit \`${pull.sha.slice(0, 7)}\``);
    expect(await checksOn(pull, pull.sha)).toEqual(
      expect.arrayContaining(['baton / review: success', 'baton / secrets: success']),
    );
    expect(await pull.branches()).toEqual([]);
    await scene.deliver('pull_request', {});
    expect(await pull.progress()).toHaveLength(1);
  });

  it('what the gates and the reviewer say against it stands on the lines, and the run is done', async () => {
    await scene.play({ 'review.1': rejecting('The sum is 3.') });
    const pull = await scene.propose({
      by: 'will',
      files: { 'src/sum.ts': `// ${PUT_OFF}: add\nexport const sum = 2;\n` },
    });
    const end = await pull.run({ state: 'succeeded' });
    expect(end.last).toMatchObject({ step: 'review', outcome: 'rejected' });
    expect((await pull.progress())[0]).toMatch(CHANGES);
    expect(await checksOn(pull, pull.sha)).toEqual(
      expect.arrayContaining(['baton / no-placeholders: failure', 'baton / review: failure']),
    );
    const { rest } = scene.stage.as('boss');
    for (const [name, message] of [
      ['baton / no-placeholders', /TODO/],
      ['baton / review', /The sum is 3/],
    ] as const) {
      const [check] = (await pull.checks(pull.sha)).filter((one) => one.name === name);
      const at = { ...pull.place, check_run_id: check?.id ?? 0 };
      expect((await rest.checks.listAnnotations(at)).data).toEqual([
        expect.objectContaining({
          path: 'src/sum.ts',
          start_line: 1,
          message: expect.stringMatching(message),
        }),
      ]);
    }
  });

  it('a push ends the review of the commit before, and begins another', async () => {
    await scene.play({ 'review.1': holding(approving) });
    const pull = await scene.propose({ by: 'will' });
    await pull.run({ state: 'running', step: 'review' });
    const sha = await pull.push('wilma', 'src/more.ts');
    await pull.run({ state: 'cancelled' });
    await scene.release();
    await pull.run({ state: 'succeeded' });
    await scene.handled();
    const [first, second] = await pull.progress();
    expect(first).toMatch(new RegExp(`Cancelled by \`wilma\`[\\s\\S]*commit ${sha.slice(0, 7)} was pushed`));
    expect(second).toMatch(DONE);
    expect(await checksOn(pull, sha)).toContain('baton / review: success');
    expect(await pull.said()).toHaveLength(2);
  });

  it('a review of this very commit is not begun twice', async () => {
    await scene.play({ 'review.1': holding(approving) });
    const pull = await scene.propose({ by: 'will' });
    await pull.run({ state: 'running', step: 'review' });
    await pull.label('wilma', 'baton:review');
    await scene.handled();
    await scene.release();
    await pull.run({ state: 'succeeded' });
    expect(await pull.progress()).toHaveLength(1);
  });

  it('a pull request of somebody without write access, or a draft, is left alone in silence', async () => {
    await scene.play({ 'review.1': approving });
    const draft = await scene.propose({ by: 'will', draft: true });
    await draft.push('will', 'src/more.ts');
    await scene.handled();
    expect(await draft.said()).toEqual([]);
    const { data } = await scene.stage
      .as('will')
      .rest.pulls.get({ ...draft.place, pull_number: draft.number });
    await scene.stage
      .as('will')
      .graphql(
        'mutation($id: ID!) { markPullRequestReadyForReview(input: { pullRequestId: $id }) { clientMutationId } }',
        { id: data.node_id },
      );
    await draft.run({ state: 'succeeded' });
    await scene.stage.as('will').rest.git.createRef({
      ...draft.place,
      ref: 'refs/heads/lent',
      sha: data.head.sha,
    });
    const outsiders = await scene.propose({ by: 'rita', at: draft.place, branch: 'lent', files: {} });
    await scene.handled();
    expect(await outsiders.said()).toEqual([]);
    expect(await outsiders.checks(outsiders.sha)).toHaveLength((await draft.checks(outsiders.sha)).length);
  });

  it('where the repository has reviews off, events and labels start none, and a command does', async () => {
    await scene.play({ 'review.1': approving });
    const pull = await scene.propose({ by: 'will', at: OFF });
    await pull.push('will', 'src/more.ts');
    const fork = await scene.propose({ by: 'oscar', at: OFF, fork: true, branch: 'from-outside' });
    await scene.handled();
    expect([...(await pull.said()), ...(await fork.said())]).toEqual([]);
    await pull.label('will', 'baton:review');
    await scene.handled();
    expect(await pull.said()).toEqual([expect.stringMatching(/do not have labeled in reviews\.on/)]);
    await pull.comment('will', '/baton run review');
    await pull.run({ state: 'succeeded' });
  });

  it('settings with a fault are no reason to say nothing', async () => {
    const pull = await scene.propose({ by: 'will', at: FAULTY });
    await pull.run({ state: 'refused' });
    expect(await pull.said()).toEqual([expect.stringMatching(/\.github\/baton\.yml:2:/)]);
  });

  it('a workflow for issues is refused on a pull request, and the other way round', async () => {
    await scene.play({ 'review.1': approving });
    const pull = await scene.propose({ by: 'will' });
    await pull.run({ state: 'succeeded' });
    await pull.comment('will', '/baton run backend-feature');
    await pull.run({ state: 'refused' });
    expect(await pull.said()).toContainEqual(
      expect.stringMatching(/workflow backend-feature is for issues, and this is a pull request/),
    );
    const issue = await scene.open({ at: pull.place });
    await issue.comment('will', '/baton run review');
    await issue.run({ state: 'refused' });
    expect(await issue.said()).toContainEqual(
      expect.stringMatching(/workflow review is for pull requests, and this is an issue/),
    );
    await issue.comment('will', '/baton run backend-feature 1a2b3c4');
    await scene.handled();
    expect(await issue.said()).toContainEqual(expect.stringMatching(/this is an issue/));
  });

  it('a gate that holds waits on the page of the pull request, for this commit', async () => {
    await scene.play({ 'review.1': approving });
    const files = { 'test/total.test.ts': "it('adds', () => expect(1).toBe(1));\n" };
    const first = await scene.propose({ by: 'will', files });
    await first.run({ state: 'succeeded' });
    const { rest } = scene.stage.as('will');
    await rest.pulls.merge({ ...first.place, pull_number: first.number });
    const { data: test } = await rest.repos.getContent({ ...first.place, path: 'test/total.test.ts' });
    const { data: main } = await rest.git.getRef({ ...first.place, ref: 'heads/main' });
    await rest.git.createRef({ ...first.place, ref: 'refs/heads/less', sha: main.object.sha });
    await rest.repos.deleteFile({
      ...first.place,
      branch: 'less',
      path: 'test/total.test.ts',
      message: 'Less',
      sha: 'sha' in test ? test.sha : '',
    });
    const pull = await scene.propose({ by: 'will', at: first.place, branch: 'less', files: {} });
    await pull.run({ state: 'held', step: 'gates' });
    expect(await pull.labels()).toContain('baton: waiting');
    await pull.comment('wilma', '/baton reject We need this test.');
    await pull.run({ state: 'succeeded' });
    expect((await pull.progress())[0]).toMatch(CHANGES);
    expect(await checksOn(pull, pull.sha)).toContain('baton / tests-kept: failure');
  });

  it('a review that cannot be done asks a person, and is done again', async () => {
    await scene.play({});
    const pull = await scene.propose({ by: 'will' });
    await pull.run({ state: 'held', step: 'review' });
    expect(await checksOn(pull, pull.sha)).toContain('baton / review: action_required');
    await scene.play({ 'review.2': approving, 'review.3': approving, 'review.4': approving });
    await pull.comment('wilma', '/baton retry');
    await pull.run({ state: 'succeeded' });
    expect((await pull.progress())[0]).toMatch(DONE);
    expect(await checksOn(pull, pull.sha)).toContain('baton / review: success');
  });

  it('the pull request of a run starts no review', async () => {
    await scene.play(goodAgents());
    const ticket = await scene.open();
    await ticket.label('will');
    await ticket.run({ state: 'held' });
    await ticket.comment('wilma', '/baton approve');
    await ticket.run({ state: 'succeeded' });
    await scene.handled();
    const [pull] = await ticket.pulls();
    expect(await ticket.said(pull?.number)).toEqual([]);
  });

  it('a push to the branch of a run that waits has it look at what is there now', async () => {
    await scene.play(
      goodAgents({
        'implementation.1': work(
          'The sum is there.',
          `${GOOD_PATCH}${adding('.github/dependabot.yml', 'version: 2\n')}`,
        ),
      }),
    );
    const ticket = await scene.open();
    await ticket.label('will');
    await ticket.run({ state: 'held' });
    await ticket.comment('wilma', '/baton approve');
    await ticket.run({ state: 'held', step: 'gates' });
    const [branch] = await ticket.branches();
    const pull = await scene.propose({
      by: 'wilma',
      at: ticket.place,
      branch: branch?.name ?? '',
      files: {},
    });
    await scene.handled();
    const said = await ticket.said();
    const sha = await pull.push('wilma', 'src/mine.ts');
    await ticket.run({ decision: 'repeat', step: 'gates' });
    await ticket.run({ state: 'held', step: 'gates', attempt: 2 });
    await scene.handled();
    expect(await ticket.said()).toHaveLength(said.length);
    expect(await pull.said()).toEqual([]);
    expect((await ticket.progress())[0]).toContain(`counts for commit \`${sha.slice(0, 7)}\``);
  });

  it('leaves every page tidy', async () => {
    await expectTidy(scene);
  });
});
