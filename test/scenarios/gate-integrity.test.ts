import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adding, replacing } from '../support/patches.ts';
import { holding } from '../support/recordings.ts';
import { GOOD_PATCH, goodAgents, work } from './agents.ts';
import { type Scene, SMALL, setScene } from './scene.ts';
import type { Ticket } from './ticket.ts';

const STRICT = 'export const coverage = { thresholds: { lines: 90 } };\n';
const GUARDED = { ...SMALL, 'vitest.config.ts': STRICT };

/** A repository with an old finding, that wants no new ones. */
const OLD = {
  ...SMALL,
  'package.json': '{"scripts":{"lint":"! grep -rn bad src"}}\n',
  'src/old.ts': 'export const old = 1; // bad\n',
  '.github/baton.yml': 'gates:\n  modes:\n    lint: regression-only\n',
};

const LAX_PATCH = [
  adding('src/sum.ts', '// eslint-disable-next-line no-var\nvar sum = 2;\n'),
  replacing('vitest.config.ts', STRICT, STRICT.replace('90', '10')),
].join('');

let scene: Scene;
beforeAll(async () => {
  scene = await setScene([GUARDED, OLD]);
});
afterAll(() => scene.stop());

/** Starts a run and approves its design. */
async function openBuilding(): Promise<Ticket> {
  const ticket = await scene.open();
  await ticket.comment('will', '/baton run');
  await ticket.run({ state: 'held', step: 'design-approval' });
  await ticket.comment('wilma', '/baton approve');
  return ticket;
}

async function checkOf(ticket: Ticket, name: string) {
  const [branch] = await ticket.branches();
  const checks = await ticket.checks(branch?.commit.sha ?? '');
  return checks.find((check) => check.name === `baton / ${name}`);
}

describe('scenarios/gate-integrity', () => {
  it('a change that silences a linter and lowers a threshold waits for a second person', async () => {
    await scene.play(goodAgents({ 'implementation.1': work('All gates are green!', LAX_PATCH) }));
    const ticket = await openBuilding();
    await ticket.run({ state: 'held', step: 'gates' });
    const check = await checkOf(ticket, 'gates-kept');
    expect(check?.conclusion).toBe('action_required');
    expect(check?.output.summary).toMatch(/src\/sum\.ts:1.*switches a check off/);
    expect(check?.output.summary).toMatch(/vitest\.config\.ts:1.*was 90 and is now 10/);
    expect((await checkOf(ticket, 'protected-files'))?.conclusion).toBe('success');
    await ticket.comment('will', '/baton approve');
    await ticket.run({ decision: 'ignore' });
    expect(await ticket.pulls()).toEqual([]);
    await ticket.comment('wilma', '/baton approve');
    await ticket.run({ state: 'succeeded' });
    expect((await checkOf(ticket, 'gates-kept'))?.conclusion).toBe('success');
  });

  it('what the base has already holds nobody up, and what is new goes back to its author', async () => {
    const bad = adding('src/new.ts', 'export const other = 1; // bad, too\n');
    await scene.play(
      goodAgents({
        'implementation.1': work('Done.', `${GOOD_PATCH}${bad}`),
        'implementation.2': holding(
          work(
            'Mended.',
            replacing('src/new.ts', 'export const other = 1; // bad, too\n', 'export const other = 1;\n'),
          ),
        ),
      }),
    );
    const ticket = await openBuilding();
    const back = await ticket.run({ decision: 'return', step: 'implementation' });
    expect(back.last?.summary).toMatch(/1 of \d+ gates failed: lint/);
    const failed = await checkOf(ticket, 'lint');
    expect(failed?.conclusion).toBe('failure');
    expect(failed?.output.summary).toMatch(/Old findings: 1\. New: 1\./);
    expect(failed?.output.summary).not.toContain('`src/old.ts:1`');
    await scene.release();
    await ticket.run({ state: 'succeeded' });
    const passed = await checkOf(ticket, 'lint');
    expect(passed?.conclusion).toBe('success');
    expect(passed?.output.summary).toMatch(/Old findings: 1\. New: 0\./);
  });
});
