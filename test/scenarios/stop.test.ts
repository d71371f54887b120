import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { BatonProcess } from '../../src/demo/baton-process.ts';
import { freePort } from '../support/free-port.ts';
import { PATIENCE } from '../support/patience.ts';
import { holding } from '../support/recordings.ts';
import { goodAgents, work } from './agents.ts';
import { type Scene, SMALL, setScene } from './scene.ts';

const COMPLAINTS: readonly unknown[] = ['warn', 'error', 'fatal'];

let scene: Scene;
let port = '';
/** The one that is up. */
let baton: BatonProcess;
beforeAll(async () => {
  port = String(await freePort());
  scene = await setScene([SMALL, SMALL, SMALL], { PORT: port, BATON_STOP_SECONDS: '1' });
  baton = scene.baton;
});
afterAll(() => scene.stop());

/** Sees that GitHub does not answer the next such request before it is let go. */
function hang(method: string, path: RegExp) {
  const arrived = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  scene.stage.simulator.inject({
    method,
    path,
    async hold() {
      arrived.resolve();
      await held.promise;
    },
  });
  return { arrived: arrived.promise, letGo: held.resolve };
}

/** Resolves when a server has heard, after so many lines of the log, that it is to end; returns how many there are then. */
async function heardShutDown(before: number): Promise<number> {
  const { lines } = scene.stage;
  return await scene.stage.heard((line) => {
    const at = line.msg === 'shutting down' ? lines.indexOf(line) : -1;
    return at >= before ? at + 1 : null;
  });
}

/** What the log has worse than a piece of news since it had so many lines. */
function complaintsSince(count: number): readonly unknown[] {
  return scene.stage.lines.slice(count).filter(({ level }) => COMPLAINTS.includes(level));
}

describe('scenarios/stop', () => {
  it('a server with all hands full ends in order, and the next one goes on', async () => {
    await scene.play(goodAgents({ 'triage.1': holding(work('A small feature.')) }));
    const [working, asking] = [await scene.open(), await scene.open()];
    await working.label('will');
    await working.run({ state: 'running', step: 'triage' });
    const lookup = hang('GET', /\/collaborators\/will\/permission$/);
    await asking.comment('will', '/baton help');
    await lookup.arrived;

    const before = scene.stage.lines.length;
    const exited = once(baton.child, 'close');
    baton.child.kill('SIGTERM');
    const told = await heardShutDown(before);
    await asking.comment('wilma', '/baton run');
    expect(await exited).toEqual([0, null]);
    lookup.letGo();
    expect(complaintsSince(told)).toEqual([]);

    await scene.play(goodAgents());
    baton = await scene.stage.startBaton();
    await working.run({ state: 'held', step: 'design-approval' });
    await asking.run({ state: 'held', step: 'design-approval' });
    await scene.handled();
    // The lookup that hung was about this question; it is answered, and once.
    const helped = (await asking.said()).filter((text) => text.includes('/baton help [command]'));
    expect(helped).toHaveLength(1);
    expect(await working.progress()).toHaveLength(1);
  });

  it('one whose database does not answer ends all the same, says what it waited for, and the next one goes on', async () => {
    const waiting = await scene.open();
    await scene.play(goodAgents());
    await scene.handled();
    const blocker = new Client({ connectionString: scene.stage.databaseUrl, application_name: 'a blocker' });
    await blocker.connect();
    await blocker.query('begin; lock table baton.deliveries in access exclusive mode');
    await vi.waitFor(async () => {
      const { rows } = await blocker.query(
        `select from pg_locks where relation = 'baton.deliveries'::regclass and not granted`,
      );
      expect(rows.length).toBeGreaterThan(0);
    }, PATIENCE);
    const exited = once(baton.child, 'close');
    baton.child.kill('SIGTERM');
    expect(await exited).toEqual([70, null]);
    await blocker.end();
    const said = scene.stage.lines.find(({ msg }) => msg.startsWith('the stop lasts too long'));
    expect(said).toMatchObject({ part: 'the store', withinMs: 13_000 });

    baton = await scene.stage.startBaton();
    await waiting.comment('wilma', '/baton run');
    await waiting.run({ state: 'held', step: 'design-approval' });
    // It looks around when it has started, and must not be the one that finds GitHub hanging, or complain, in what follows.
    await baton.stop();
  });

  it('one that is told to end right after its start does so without a warning', async () => {
    const search = hang('GET', /^\/app\/installations$/);
    const before = scene.stage.lines.length;
    const { child } = scene.stage.launchBaton({ PORT: '0' });
    await search.arrived;
    const exited = once(child, 'close');
    child.kill('SIGTERM');
    const told = await heardShutDown(before);
    search.letGo();
    expect(await exited).toEqual([0, null]);
    expect(complaintsSince(told)).toEqual([]);
  });

  it('one that still looks at itself takes its database along', async () => {
    const look = hang('GET', /^\/app\/hook\/config$/);
    const home = join(scene.stage.directory, 'embedded');
    const { child } = scene.stage.launchBaton({ PORT: '0', BATON_HOME: home, DATABASE_URL: '' });
    await look.arrived;
    const exited = once(child, 'close');
    child.kill('SIGTERM');
    expect(await exited).toEqual([0, null]);
    look.letGo();
    expect(await readdir(join(home, 'postgres', 'cluster'))).not.toContain('postmaster.pid');
  });
});
