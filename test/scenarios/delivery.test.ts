import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { toAdvanced } from '../../src/demo/narrator.ts';
import type { Call } from '../support/recordings.ts';
import { approving, work } from './agents.ts';
import { type Scene, setScene } from './scene.ts';
import {
  aPlan,
  BARE,
  building,
  goodPhases,
  NEARLY_SLOW,
  PADDED,
  PHASES,
  PLAN,
  planning,
  replacingAll,
  SUM_BUILT,
  SUMS,
  TICKET,
  UNINSTALLED,
} from './stories/delivery-story.ts';
import type { Place, Ticket } from './ticket.ts';
import { expectTidy } from './tidy.ts';

/** An approving review, for a question to be added to. */
const APPROVAL = z.record(z.string(), z.unknown()).parse(approving.report);

let scene: Scene;
beforeAll(async () => {
  const repositories = [...Array.from({ length: 12 }, () => SUMS), NEARLY_SLOW, BARE, UNINSTALLED];
  scene = await setScene(repositories, { BATON_REGISTRIES: 'npm-audit=off' });
});
afterAll(() => scene.stop());

async function deliver(calls = goodPhases(), at?: Place): Promise<Ticket> {
  await scene.play(calls);
  const opened = await scene.open({ ...TICKET, ...(at === undefined ? {} : { at }) });
  await opened.label('will', 'baton:delivery');
  return opened;
}

/** Null while the branch does not have it. */
async function fileOnBranch(ticket: Ticket, path: string): Promise<string | null> {
  const [branch] = await ticket.branches();
  return await ticket.fileAt(branch?.commit.sha ?? '', path).catch(() => null);
}

/** Resolves when the run waits at its review, after it was taken back to the end of its plan. */
async function againAtReview(ticket: Ticket): Promise<void> {
  const runs = scene.stage.lines
    .flatMap((line) => toAdvanced(line) ?? [])
    .filter(({ subject }) => subject === ticket.subject);
  const back = runs.findIndex(({ step, attempt }) => step === 'planning-gates' && attempt === 2);
  const before = runs.slice(0, back).filter(({ state, step }) => state === 'held' && step === 'review');
  await ticket.run({ state: 'held', step: 'review' }, before.length + 1);
}

describe('scenarios/delivery', () => {
  it('goes through seven phases to a pull request with all artefacts', async () => {
    const ticket = await deliver();
    await ticket.run({ state: 'succeeded' });
    const [pull] = await ticket.pulls();
    const { data } = await scene.stage
      .as('boss')
      .rest.pulls.listFiles({ ...ticket.place, pull_number: pull?.number ?? 0 });
    expect(data.map(({ filename }) => filename)).toEqual([
      'docs/adr/ADR-1-sum.md',
      'docs/plan/SUM-7.md',
      'docs/security/SUM-7-threats.md',
      'src/sum.js',
      'test/sum.test.js',
    ]);
    const checks = await ticket.checks(pull?.head.sha ?? '');
    expect(checks.filter(({ name }) => name === 'baton / tests')).toMatchObject([{ conclusion: 'success' }]);
    expect(checks.filter(({ conclusion }) => conclusion === 'failure')).toEqual([]);
    const [success] = checks.filter(({ name }) => name === 'baton / success');
    expect(success).toMatchObject({ conclusion: 'success' });
    expect(success?.output.summary).toMatch(/^\| All seven phases .*\| ✅ met \| done: planning, /m);
    expect(success?.output.summary).toMatch(/^\| The decision record is approved \| ➖ not applicable \|/m);
  });

  it('asks for acceptance criteria when there are none, and once for a word on new dependencies', async () => {
    await scene.play(PADDED);
    const ticket = await scene.open({
      ...TICKET,
      body: 'Please add numbers up.',
      at: { owner: 'org-15', repo: 'sums' },
    });
    await ticket.label('will', 'baton:delivery');
    await ticket.run({ state: 'held', step: 'criteria' });
    await ticket.comment('wilma', '/baton retry the sum of 1 and 2 is 3; the sum of nothing is 0');
    await ticket.run({ state: 'held', step: 'dependency-approval' });
    expect((await ticket.progress())[0]).toContain('AC2: the sum of nothing is 0');
    expect((await ticket.progress())[0]).toContain('`left-pad`: nothing that is here pads a text');
    await ticket.comment('wilma', '/baton approve');
    const askedAgain = ticket
      .run({ state: 'held' }, 3)
      .then(({ step }) => expect.fail(`asked again: ${step}`));
    await Promise.race([ticket.run({ state: 'succeeded' }), askedAgain]);
    const [pull] = await ticket.pulls();
    const checks = await ticket.checks(pull?.head.sha ?? '');
    expect(checks.find(({ name }) => name === 'baton / dependencies-justified')).toMatchObject({
      conclusion: 'success',
      output: { title: 'Justified: left-pad.' },
    });
  });

  it('goes back to the end of each phase, and does the rest again from there', async () => {
    const asking = {
      report: {
        ...APPROVAL,
        escalation: { trigger: 'conflict', issue: 'Which?', options: [{ title: 'This', tradeOff: 'None.' }] },
      },
    };
    const calls = { ...goodPhases(), 'review.1': asking };
    const again = PHASES.flatMap((_, index) =>
      Object.entries(calls).map(([name, call]) => [name.replace('.1', `.${index + 1}`), call] as const),
    );
    const ticket = await deliver({ ...Object.fromEntries(again), 'review.8': asking });
    await ticket.run({ state: 'held', step: 'review', attempt: 1 });
    for (const phase of PHASES.toReversed()) {
      await ticket.comment('wilma', `/baton rollback ${phase}`);
      await ticket.run({ decision: 'next', step: `${phase}-gates`, attempt: 2 });
    }
    await againAtReview(ticket);
    expect(await fileOnBranch(ticket, 'docs/adr/ADR-1-sum.md')).not.toBeNull();
    expect(await fileOnBranch(ticket, 'src/sum.js')).toBe(SUM_BUILT);
    expect((await ticket.progress())[0]).toContain('What people did (7)');
    await ticket.comment('wilma', '/baton cancel');
    await ticket.run({ state: 'cancelled' });
  }, 300_000);

  describe('when the code fails', () => {
    const BAD = 'export function total(numbers) {\n  return numbers.length;\n}\n';
    const WORSE = 'export function total() {\n  return 1;\n}\n';

    it('twice, Baton writes down why, and the plan is thought anew', async () => {
      const ticket = await deliver(
        goodPhases({
          'implementation.1': building(BAD),
          'implementation.2': building(WORSE, BAD),
          'planning.2': planning(aPlan('Add up in one pass'), PLAN),
          'test-definition.2': work('Still right.'),
          'scaffolding.2': work('Still right.'),
          'implementation.3': building(SUM_BUILT, WORSE),
        }),
      );
      await ticket.run({ state: 'running', step: 'planning', attempt: 2 });
      await ticket.run({ state: 'succeeded' });
      const [pull] = await ticket.pulls();
      const report = await ticket.fileAt(pull?.head.sha ?? '', 'docs/feedback/SUM-7-impl.md');
      expect(report).toContain('# SUM-7: what failed');
      expect(report).toMatch(/### tests\n/);
      expect(report).toContain('- `sum` is in the plan and in no changed file');
      expect(report).toContain('- Plan AC1 anew, whose test failed');
      expect(report).not.toContain('/trees/');
      expect(report).toContain('No model has written or changed a word of it.');
    });

    it('asks a person after three different plans', async () => {
      const ticket = await deliver(
        goodPhases({
          'implementation.1': building(BAD),
          'implementation.2': building(WORSE, BAD),
          'planning.2': planning(aPlan('Add up, otherwise'), PLAN),
          'test-definition.2': work('Still right.'),
          'scaffolding.2': work('Still right.'),
          'implementation.3': building(BAD, WORSE),
          'implementation.4': building(WORSE, BAD),
          'planning.3': planning(aPlan('Add up, once more otherwise'), aPlan('Add up, otherwise')),
          'test-definition.3': work('Still right.'),
          'scaffolding.3': work('Still right.'),
          'implementation.5': building(BAD, WORSE),
          'implementation.6': building(WORSE, BAD),
        }),
      );
      await ticket.run({ state: 'held', step: 'implementation-gates', attempt: 6 });
      expect((await ticket.progress())[0]).toContain('has rejected 3 different approaches');
      const labels = 'baton: intervention';
      const { data: issues } = await scene.stage
        .as('boss')
        .rest.issues.listForRepo({ ...ticket.place, labels });
      expect(issues).toMatchObject([
        {
          title: 'Manual intervention: SUM-7, Gates of the code',
          body: expect.stringContaining('has rejected 3 different approaches'),
        },
      ]);
      await ticket.comment('wilma', '/baton cancel');
      await ticket.run({ state: 'cancelled' });
    });

    it('asks a person when the plan that comes back is the same', async () => {
      const ticket = await deliver(
        goodPhases({
          'implementation.1': building(BAD),
          'implementation.2': building(WORSE, BAD),
          'planning.2': planning(`\n${PLAN}`, PLAN),
          'test-definition.2': work('Still right.'),
          'scaffolding.2': work('Still right.'),
          'implementation.3': building(BAD, WORSE),
          'implementation.4': building(WORSE, BAD),
        }),
      );
      await ticket.run({ state: 'held', step: 'implementation-gates', attempt: 4 });
      expect((await ticket.progress())[0]).toContain('nothing was thought anew');
      await ticket.comment('wilma', '/baton cancel');
      await ticket.run({ state: 'cancelled' });
    });
  });

  describe('when it is slow', () => {
    function costing(cost: number, before: number): Call {
      const [old, now] = [before, cost].map((value) => `export const cost = ${value};\n`);
      return work(`It costs ${cost}.`, replacingAll('src/cost.js', old ?? '', now ?? ''));
    }

    it('over the target, a report is written and it is made faster, at most three times', async () => {
      const ticket = await deliver(
        goodPhases({ 'telemetry.1': costing(105, 90), 'telemetry.2': costing(95, 105) }),
        { owner: 'org-13', repo: 'sums' },
      );
      await ticket.run({ state: 'running', step: 'telemetry', attempt: 2 });
      await ticket.run({ state: 'succeeded' });
      const [pull] = await ticket.pulls();
      const report = await ticket.fileAt(pull?.head.sha ?? '', 'docs/performance/SUM-7.md');
      expect(report).toContain('p99 is 105 ms; its target is 100 ms.');
    });

    it('by more than half, a person is asked', async () => {
      const ticket = await deliver(goodPhases({ 'telemetry.1': costing(16, 10) }));
      await ticket.run({ state: 'held', step: 'performance-gates' });
      expect((await ticket.progress())[0]).toContain('above 50 % a person decides');
      await ticket.comment('wilma', '/baton approve');
      await ticket.run({ state: 'succeeded' });
    });
  });

  it('what a repository lacks is told with the plan, all of it, before anything is built', async () => {
    const ticket = await deliver(goodPhases(), { owner: 'org-14', repo: 'sums' });
    await ticket.run({ state: 'held', step: 'planning-gates' });
    const [branch] = await ticket.branches();
    const checks = await ticket.checks(branch?.commit.sha ?? '');
    const [check] = checks.filter(({ name }) => name === 'baton / checks-set-up');
    expect(check?.conclusion).not.toBe('success');
    expect(check?.output.title).toContain('8 of 9 checks are not set up');
    const summary = check?.output.summary ?? '';
    for (const line of ['knip (`npm install --save-dev knip`)', '`npm install --package-lock-only`']) {
      expect(summary).toContain(line);
    }
    expect(summary).toContain('then start another run');
  });

  it('leaves every issue tidy', async () => {
    await expectTidy(scene);
  });
});
