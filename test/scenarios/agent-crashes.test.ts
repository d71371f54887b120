import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Baton } from '../../src/composition/baton.ts';
import { baton as cli } from '../cli/run-cli.ts';
import { query } from '../store/query.ts';
import { type ModelServer, startModelServer } from '../support/model-server.ts';
import { createMovableClock } from '../support/movable-clock.ts';
import { setObedientStage } from '../support/obedient-stage.ts';
import { startOwnBaton } from '../support/own-baton.ts';
import { PATIENCE } from '../support/patience.ts';
import type { Stage } from '../support/stage.ts';
import { openTicket, type Ticket } from './ticket.ts';

const PLACE = { owner: 'org-1', repo: 'sums' };
const REPORT = { kind: 'work', summary: 'Specified.', details: 'The sum is two.', facts: {} };

const clock = createMovableClock();
let model: ModelServer;
let stage: Stage;
let server: Baton;

/** The title of an issue says what the agents do that work on it, and how often before they answer. */
function toTurn(counts: Map<string, number>, asked: string): { readonly text: string } {
  const [title = '', deed = '', times] = /Please (\w+) (\d+) times/.exec(asked) ?? [];
  const count = (counts.get(title) ?? 0) + 1;
  counts.set(title, count);
  return { text: count <= Number(times) ? deed : JSON.stringify({ report: REPORT }) };
}

beforeAll(async () => {
  const counts = new Map<string, number>();
  model = await startModelServer(({ messages }) => toTurn(counts, JSON.stringify(messages)));
  const set = await setObedientStage({ 'README.md': '# Sums\n' }, model);
  stage = set.stage;
  server = await startOwnBaton(stage, clock, {
    ...set.environment,
    BATON_SANDBOX_MEMORY_MIB: '512',
    BATON_TEAM_BACKOFF_SECONDS: '1',
  });
});
afterAll(async () => {
  await server.stop();
  await stage.stop();
  await model.stop();
});

async function start(deed: string, times: number): Promise<Ticket> {
  const title = `Please ${deed} ${times} times`;
  const ticket = await openTicket(stage, PLACE, { by: 'will', title, body: title });
  await ticket.label('will', 'baton:write-spec');
  return ticket;
}

/** What is kept of the restarts of a run, oldest first. */
function restartsOf(runId: string) {
  return query(
    stage.databaseUrl,
    `select role, crash, wait_ms::int as wait, why from baton.restarts
     where waking_id like '${runId} %' order by id`,
  );
}

/** Of a run that has succeeded; what was recorded last is kept within a moment. */
async function eventsOf(runId: string, type: string): Promise<readonly Record<string, unknown>[]> {
  const environment = { PATH: process.env['PATH'] ?? '', DATABASE_URL: stage.databaseUrl };
  for (;;) {
    const { out } = await cli(['trace', runId], stage.directory, environment);
    const events: readonly Record<string, unknown>[] = JSON.parse(out.join('\n')).events;
    if (events.at(-1)?.['outcome'] === 'succeeded') {
      return events.filter((event) => event['event_type'] === type);
    }
  }
}

describe('scenarios/agent-crashes', () => {
  it('an agent that crashes starts again, later each time, and the others go on', async () => {
    const tickets = await Promise.all([0, 1, 2, 3].map((times) => start('crash', times)));
    const runs = await Promise.all(tickets.map((ticket) => ticket.run({ state: 'succeeded' })));
    for (const [times, { runId }] of runs.entries()) {
      expect(await restartsOf(runId)).toEqual(
        [1000, 2000, 4000].slice(0, times).map((wait, index) => ({
          role: 'architect',
          crash: index + 1,
          wait,
          why: expect.stringContaining('Segmentation fault'),
        })),
      );
      expect(await eventsOf(runId, 'agent_restart')).toMatchObject(
        Array.from({ length: times }, (_, index) => ({
          agent: 'architect',
          restart_count: index + 1,
          reason: expect.stringContaining('Segmentation fault'),
        })),
      );
    }
    // It concerns nobody: one comment, and no label that asks for somebody.
    const said = await Promise.all(tickets.map((ticket) => ticket.said()));
    expect(said.map((all) => all.length)).toEqual([1, 1, 1, 1]);
    const waits = stage.simulator
      .ledger()
      .filter((entry) => JSON.stringify(entry).includes('baton: waiting'));
    expect(waits).toEqual([]);
  });

  it('says meanwhile when it starts again, and after too many crashes that it does not', async () => {
    const ticket = await start('crash', 4);
    await ticket.run({ state: 'held' }, 4);
    const held = await ticket.run({ state: 'held' });
    await stage.heard(({ msg }) => (msg === 'an agent crashed too often; it is not restarted' ? true : null));
    const shown = stage.simulator
      .ledger()
      .flatMap(
        (entry) =>
          /architect crashed and starts again at [^:]+:[^:]+, . of 3/.exec(JSON.stringify(entry)) ?? [],
      );
    expect(shown.map((words) => words.slice(-6))).toEqual(
      expect.arrayContaining(['1 of 3', '2 of 3', '3 of 3']),
    );
    const notices = (await ticket.said()).filter((text) => text.includes('🚨'));
    expect(notices).toEqual([expect.stringContaining('architect crashed and is not started again')]);
    expect(notices[0]).toContain('4 times');
    expect(await restartsOf(held.runId)).toMatchObject([
      { crash: 1 },
      { crash: 2 },
      { crash: 3 },
      { crash: 4, wait: null },
    ]);
    await ticket.comment('will', '/baton choose 1');
    await ticket.run({ state: 'succeeded' });
    expect((await ticket.said()).filter((text) => text.includes('🚨'))).toHaveLength(1);
  });

  it('one that takes more memory than it may is killed, and starts again', async () => {
    const ticket = await start('memory', 1);
    const { runId } = await ticket.run({ state: 'succeeded' });
    expect(await restartsOf(runId)).toMatchObject([
      { crash: 1, why: expect.stringMatching(/was killed: It took more than 512 MiB of memory/) },
    ]);
  });

  it('one that hangs is warned of, ended, and starts again; all of it can be seen', async () => {
    const ticket = await start('hang', 1);
    const { runId } = await ticket.run({ state: 'running' });
    await stage.heard((line) =>
      line['runId'] === runId && JSON.stringify(line['event'])?.includes('"process"') ? true : null,
    );
    await vi.waitFor(() => expect(JSON.stringify(model.asked)).toContain('Please hang'), PATIENCE);
    // It was busy while it began, and looks have to show that it is not any more.
    await vi.waitFor(async () => {
      await server.team.look();
      const environment = { PATH: process.env['PATH'] ?? '', DATABASE_URL: stage.databaseUrl };
      const status = await cli(['team', 'status', '--json'], stage.directory, environment);
      expect(JSON.parse(status.out.join('\n'))).toMatchObject({
        agents: [{ work: `${runId} spec`, pid: expect.any(Number), ailments: [] }],
      });
    }, PATIENCE);
    clock.move(6 * 60_000);
    // As long as its model has not answered, it waits for that and is let alone.
    await vi.waitFor(async () => {
      await server.team.look();
      expect(await restartsOf(runId)).toMatchObject([
        { crash: 1, why: expect.stringContaining('said nothing for too long') },
      ]);
    }, PATIENCE);
    await ticket.run({ state: 'succeeded' });
    const checks = await eventsOf(runId, 'health_check');
    expect(checks.map(({ status: how }) => how)).toEqual(expect.arrayContaining(['running', 'silent']));
    expect(checks.find(({ status: how }) => how === 'silent')).toMatchObject({
      pid: expect.any(Number),
      memory_bytes: expect.any(Number),
      // Six minutes, and as long as the looks before took.
      ailments: [expect.stringMatching(/^warning: it was last heard of (?:3[6-9]|[4-9]\d)\d s ago/)],
    });
  });
});
