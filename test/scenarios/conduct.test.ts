import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adding, removing, replacing } from '../support/patches.ts';
import { type Call, type Calls, holding } from '../support/recordings.ts';
import { answering, approving, work } from './agents.ts';
import { type Scene, SMALL, setScene } from './scene.ts';
import { writing } from './stories/parts.ts';
import { releaseTogether, stepRows } from './stories/play-story.ts';
import { BOTH, FIVE, LEFT, listOf, ONE, PARTS, RIGHT, TWO } from './stories/specs.ts';
import type { Ticket } from './ticket.ts';
import { expectTidy } from './tidy.ts';

function withSpec(spec: string, files: Readonly<Record<string, string>> = {}) {
  return { ...SMALL, ...files, '.spec/SPEC.md': spec };
}

/** An approval that also says that the one criterion of prose holds. */
const HOLDS: Call = {
  report: {
    kind: 'review',
    verdict: 'approve',
    summary: 'It does.',
    evidence: ['web/index.html: read'],
    checklist: {
      ...answering(),
      answers: {
        ...answering().answers,
        'criterion-1': { answer: 'yes', evidence: ['web/index.html:1'] },
      },
    },
    findings: [],
  },
};

const FIVE_CALLS: Calls = {
  'phase-1.1': writing('proto/flow.proto', 'message Flow {}\n'),
  'phase-2-m1-grpc-service.1': holding(two('grpc-service/part', 'grpc\n', 'grpc-service/main.go')),
  'phase-2-m2-backend.1': holding(two('backend/part', 'backend\n', 'backend/app.py')),
  'phase-2-m3-worker.1': holding(writing('worker/part', 'worker\n')),
  'phase-2-m4-store.1': holding(writing('store/part', 'store\n')),
  'phase-3.1': writing('web/index.html', '<p>What flows</p>\n'),
  'phase-3-review.1': HOLDS,
  'phase-4.1': writing('integration/run.sh', 'true\n'),
  'phase-5.1': writing('docs/flow.md', 'It flows.\n'),
  'security-audit.1': approving,
};

function two(path: string, text: string, other: string): Call {
  return work(`${path} is there.`, `${adding(path, text)}${adding(other, 'x\n')}`);
}

let scene: Scene;
beforeAll(async () => {
  scene = await setScene([
    withSpec(FIVE),
    withSpec(listOf('true'), { 'src/parts.ts': PARTS }),
    withSpec(listOf('true'), { 'src/parts.ts': PARTS }),
    // Written ahead for the issue, as an architect's specification is.
    withSpec('# Of something else\n', { 'docs/specs/1-add-up.md': listOf('! grep -q bad src/*.ts') }),
    SMALL,
    withSpec('# Nothing yet\n'),
    SMALL,
  ]);
});
afterAll(() => scene.stop());

async function conduct(body = 'Carry out the spec.'): Promise<Ticket> {
  const ticket = await scene.open({ body });
  await ticket.label('will', 'baton:conduct');
  return ticket;
}

/** What the names of all branches of modules begin with. Some branch of the run must be there. */
async function prefixOf(ticket: Ticket): Promise<string> {
  const [branch = expect.fail('the run has no branch')] = await ticket.branches();
  return `${branch.name.replace(/--.*/, '')}--`;
}

/** Resolves when what the modules were written on is gone. */
async function heardTidied(prefix: string): Promise<void> {
  await scene.stage.heard((line) =>
    line.msg === 'branches of a run were removed' && line['prefix'] === prefix ? true : null,
  );
}

/** Branches that are not the run's own or the default one. */
async function branchesOfModules(ticket: Ticket): Promise<readonly string[]> {
  return (await ticket.branches()).map(({ name }) => name).filter((name) => name.includes('--'));
}

describe('scenarios/conduct', () => {
  it('carries out five phases, four modules at the same time, and proposes the whole', async () => {
    await scene.play(FIVE_CALLS);
    const ticket = await scene.open({ body: 'Carry out the spec.' });
    await ticket.label('will', 'baton:conduct');
    await Promise.all([releaseTogether(scene, FIVE_CALLS), ticket.run({ state: 'succeeded' })]);

    const rows = await stepRows(ticket);
    expect(rows).toContain('Phase 2: modules: ✅ done');
    expect(rows).toContain('Phase 2: mend: ➖ not needed (nothing was sent back to it)');
    expect(rows.at(-1)).toBe('Pull request: ✅ done');

    const [progress = ''] = await ticket.progress();
    expect(progress).toContain('```mermaid\nflowchart LR');
    expect(progress).toContain('p1["Phase 2: Services"]:::done');
    expect(progress).toContain('p1m3("store"):::done');
    expect(progress).toContain('p0 --> p1');

    // Branches of modules are gone; the run's own has all of their work.
    await heardTidied(await prefixOf(ticket));
    const branches = await ticket.branches();
    expect(branches.map(({ name }) => name).filter((name) => name.includes('--'))).toEqual([]);
    expect(await ticket.fileAt(branches[0]?.name ?? '', 'store/part')).toBe('store\n');
    const checks = await ticket.checks(branches[0]?.commit.sha ?? '');
    expect(checks.map(({ name, conclusion }) => `${name}: ${conclusion}`)).toContain(
      'baton / phase 5: tests: success',
    );
  });

  it('has a role settle what git cannot join', async () => {
    await scene.play({
      'phase-1-m1-left.1': work('left', replacing('src/parts.ts', PARTS, LEFT)),
      // The other moves the list away.
      'phase-1-m2-right.1': work('right', removing('src/parts.ts', PARTS) + adding('src/right.ts', RIGHT)),
      'phase-1-merge.1': work('Both are in the list.', replacing('src/parts.ts', LEFT, BOTH)),
      'security-audit.1': approving,
    });
    const ticket = await conduct();
    await ticket.run({ state: 'succeeded' });
    expect(await stepRows(ticket)).toContain('Phase 1: merge: ✅ done');
    expect((await ticket.progress())[0]).toContain('conflicts were settled in Phase 1: right');
    const [branch] = await ticket.branches();
    expect(await ticket.fileAt(branch?.name ?? '', 'src/parts.ts')).toBe(BOTH);
  });

  it('asks a person, with both sides, when no role could settle it', async () => {
    await scene.play({
      'phase-1-m1-left.1': work('left', replacing('src/parts.ts', PARTS, LEFT)),
      'phase-1-m2-right.1': work('right', replacing('src/parts.ts', PARTS, RIGHT)),
      'phase-1-merge.1': work('I do not know.'),
    });
    const ticket = await conduct();
    await ticket.run({ state: 'held', step: 'phase-1-merge' });
    const [progress = ''] = await ticket.progress();
    expect(progress).toContain('How shall Phase 1: right be merged?');
    expect(progress).toContain('no file was changed');
    expect(progress).toContain(LEFT.trim());
    expect(progress).toContain(RIGHT.trim());
    expect(await branchesOfModules(ticket)).toHaveLength(2);
    const prefix = await prefixOf(ticket);
    await ticket.comment('will', '/baton cancel');
    await ticket.run({ state: 'cancelled' });
    await heardTidied(prefix);
    expect(await branchesOfModules(ticket)).toEqual([]);
  });

  it('names the module since whose merge the tests fail, and has it mended before it goes on', async () => {
    await scene.play({
      'phase-1-m1-left.1': writing('src/parts.ts', 'good\n'),
      'phase-1-m2-right.1': writing('src/right.ts', 'bad\n'),
      // Passing it over was its first attempt.
      'phase-1-fix.2': work('It is good now.', replacing('src/right.ts', 'bad\n', 'good\n')),
      'security-audit.1': approving,
    });
    const ticket = await conduct();
    await ticket.run({ state: 'succeeded' });
    expect(await stepRows(ticket)).toContain('Phase 1: checks: ✅ done, attempt 2');
    expect((await ticket.progress())[0]).toContain('docs/specs/1-add-up.md has');
    const blamed = scene.stage.simulator
      .ledger()
      .map(({ body }) => JSON.stringify(body))
      .filter((body) => body.includes('it fails since Phase 1: right was merged; before that it did not'));
    expect(blamed.length).toBeGreaterThan(0);
  });

  it('takes a phase back that does not come to hold, and never goes on to the next', async () => {
    await scene.play({
      'phase-1.1': writing('src/one.ts', 'good\n'),
      'phase-2.1': writing('src/two.ts', 'bad 1\n'),
      'phase-2-fix.2': work('Now?', replacing('src/two.ts', 'bad 1\n', 'bad 2\n')),
      'phase-2-fix.3': work('Now?', replacing('src/two.ts', 'bad 2\n', 'bad 3\n')),
      'phase-2.2': writing('src/two.ts', 'good\n'),
      'security-audit.1': approving,
    });
    const ticket = await conduct(TWO);
    await ticket.run({ state: 'held', step: 'phase-2-check' });
    const [progress = ''] = await ticket.progress();
    expect(progress).toContain('so what was written since Phase 1: checks was taken back');
    const [branch] = await ticket.branches();
    expect(await ticket.fileAt(branch?.name ?? '', 'src/one.ts')).toBe('good\n');
    await expect(ticket.fileAt(branch?.name ?? '', 'src/two.ts')).rejects.toMatchObject({ status: 404 });
    await ticket.comment('will', '/baton choose 1');
    await ticket.run({ state: 'succeeded' });
    expect(await ticket.fileAt(branch?.name ?? '', 'src/two.ts')).toBe('good\n');
  });

  it('tells all that is wrong with a spec before anybody is asked, and reads it again when it is mended', async () => {
    const ticket = await conduct();
    await ticket.run({ state: 'held', step: 'spec' });
    const [progress = ''] = await ticket.progress();
    expect(progress).toContain('there is no heading `## Implementation Phases`');
    const { data } = await scene.stage
      .as('will')
      .rest.repos.getContent({ ...ticket.place, path: '.spec/SPEC.md' });
    await scene.play({ 'phase-1.1': writing('src/a.ts', 'export {};\n'), 'security-audit.1': approving });
    await scene.stage.as('will').rest.repos.createOrUpdateFileContents({
      ...ticket.place,
      path: '.spec/SPEC.md',
      message: 'Mend the spec',
      content: Buffer.from(ONE).toString('base64'),
      sha: 'sha' in data ? data.sha : '',
    });
    await ticket.comment('will', '/baton retry');
    await ticket.run({ state: 'succeeded' });
  });

  it('takes the phases from the issue itself', async () => {
    await scene.play({ 'phase-1.1': writing('src/a.ts', 'export {};\n'), 'security-audit.1': approving });
    const ticket = await conduct(ONE);
    await ticket.run({ state: 'succeeded' });
    expect((await ticket.progress())[0]).toContain('the issue has 1 phase with 1 module');
  });

  it('leaves every issue tidy', async () => {
    await expectTidy(scene);
  });
});
