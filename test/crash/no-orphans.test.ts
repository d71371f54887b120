import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { BatonProcess } from '../../src/demo/baton-process.ts';
import { createStore } from '../../src/store/create-store.ts';
import { systemClock } from '../../src/system/system-clock.ts';
import { baton as cli } from '../cli/run-cli.ts';
import { findProcesses, until } from '../sandbox/support/host.ts';
import { openTicket, type Ticket } from '../scenarios/ticket.ts';
import { HELD, SILENT } from '../store/held-and-silent.ts';
import { query } from '../store/query.ts';
import { type ModelServer, startModelServer } from '../support/model-server.ts';
import { setObedientStage } from '../support/obedient-stage.ts';
import { PATIENCE } from '../support/patience.ts';
import type { Stage } from '../support/stage.ts';

const PLACE = { owner: 'org-1', repo: 'sums' };
const REPORT = { kind: 'work', summary: 'Done.', details: 'All of it.', facts: {} };
/** In the arguments of each process that an agent has started. */
const MARKER = `orphan-of-${process.pid}`;
const TITLE = 'Please fork';

const SETTINGS = `
team:
  enabled: true
  members:
    project-manager: { every: 1d }
    code-searcher: { every: 1d, memoryMb: 16 }
    architect: { enabled: false }
    code-developer: { enabled: false }
    assistant: { enabled: false }
    ux-design-expert: { enabled: false }
`;

let model: ModelServer;
let stage: Stage;
/** Agents that are asked while this holds fork, and never end. */
let isWild = true;
let environment: Readonly<Record<string, string>>;

beforeAll(async () => {
  model = await startModelServer(({ messages }) => {
    const who = JSON.stringify(messages).includes(TITLE) ? 'person' : 'member';
    return { text: isWild ? `fork ${MARKER}-${who}` : JSON.stringify({ report: REPORT }) };
  });
  const set = await setObedientStage({ 'README.md': '# Sums\n', '.github/baton.yml': SETTINGS }, model);
  stage = set.stage;
  environment = { ...set.environment, BATON_TEAM_HEALTH_SECONDS: '1', LOG_LEVEL: 'debug' };
});
afterAll(async () => {
  await stage.stop();
  await model.stop();
});

async function startWild(): Promise<{ readonly server: BatonProcess; readonly ticket: Ticket }> {
  isWild = true;
  const server = await stage.startBaton(environment);
  const ticket = await openTicket(stage, PLACE, { by: 'will', title: TITLE, body: TITLE });
  await ticket.label('will', 'baton:write-spec');
  await vi.waitFor(() => expect(findProcesses(`${MARKER}-person`).length).toBeGreaterThan(2), PATIENCE);
  return { server, ticket };
}

/** A message that wakes the manager, who is kept waiting by GitHub while it works on it. */
async function leaveMessageInProgress(): Promise<void> {
  stage.simulator.inject({ method: 'GET', path: /\/pulls$/, delayMs: 60_000 });
  const store = await createStore({ databaseUrl: stage.databaseUrl, lease: HELD, log: SILENT });
  const [{ id: repositoryId } = { id: 0 }] = await query(
    stage.databaseUrl,
    'select repository_id::int as id from baton.team_repositories',
  );
  const letter = { key: 'done:1', repositoryId: Number(repositoryId), sender: 'code-developer' };
  const content = { issue: 1, pull: 1 };
  await store
    .messages({ clock: systemClock, maxQueueSize: 10 })
    .send([{ ...letter, recipient: 'project-manager', type: 'ready_for_verification', content }]);
  await store.close();
  while ((await readMessages())[0]?.['status'] !== 'in_progress') {
    await stage.simulator.settle();
  }
}

function readMessages() {
  return query(stage.databaseUrl, 'select status from baton.messages');
}

async function team(...args: readonly string[]): Promise<readonly string[]> {
  const given = { PATH: process.env['PATH'] ?? '', DATABASE_URL: stage.databaseUrl };
  return (await cli(['team', ...args], stage.directory, given)).out;
}

describe('a server whose agents have children that ignore every signal', () => {
  it('ends in order: no process is left, its last state is kept, and the work goes on at the next start', async () => {
    const { server, ticket } = await startWild();
    await vi.waitFor(() => expect(findProcesses(`${MARKER}-member`).length).toBeGreaterThan(2), PATIENCE);
    await stage.heard(({ msg, ...line }) =>
      msg === 'a member of the team has done its work' && String(line['waking']).includes('project-manager')
        ? true
        : null,
    );
    // An agent is warned of by what its member may use.
    const warned = await stage.heard(({ msg, ...line }) =>
      line['member'] === 'code-searcher' && line['ailment'] === 'large' ? msg : null,
    );
    expect(warned).toMatch(/: it uses \d+ MiB of memory, over its 16$/);
    // The look that warns is kept a moment later.
    await vi.waitFor(
      async () =>
        expect((await team('status')).join('\n')).toMatch(
          /code-searcher: .*\n {2}run-\S+ search on \S+ \(PID \d+, uptime .*, CPU [\d.]+ %, RAM \d+ MiB, last heard of \S+Z\); .*warning: it uses \d+ MiB of memory, over its 16/,
        ),
      PATIENCE,
    );
    await leaveMessageInProgress();
    server.child.kill('SIGTERM');
    const [code] = await once(server.child, 'exit');
    expect(code).toBe(0);
    expect(findProcesses(MARKER)).toEqual([]);
    expect(['pending', 'in_progress']).toContain((await readMessages())[0]?.['status']);
    expect((await team('status'))[0]).toMatch(/^No server is up\. \S+-\d+-\w+ ended in order at \S+Z\.$/);

    isWild = false;
    await stage.startBaton(environment);
    await ticket.run({ state: 'succeeded' });
    await stage.advanced(({ workflow, state }) => workflow === 'search-code' && state === 'succeeded');
    while ((await readMessages())[0]?.['status'] !== 'completed') {
      await stage.simulator.settle();
    }
    expect(await ticket.progress()).toHaveLength(1);
    const runs = await query(stage.databaseUrl, 'select state from baton.runs');
    expect(runs).toEqual([{ state: 'succeeded' }, { state: 'succeeded' }]);
    const crashes = await query(stage.databaseUrl, 'select * from baton.restarts where role is not null');
    expect(crashes).toEqual([]);
  });

  it('is killed: its sandboxes die with it, and the work goes on at the next start', async () => {
    const { server, ticket } = await startWild();
    server.child.kill('SIGKILL');
    await once(server.child, 'exit');
    await until(() => findProcesses(MARKER).length === 0);
    isWild = false;
    await stage.startBaton(environment);
    await ticket.run({ state: 'succeeded' });
    expect(await ticket.progress()).toHaveLength(1);
  });
});
