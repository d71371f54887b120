import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Stage, setStage } from '../support/stage.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});
afterAll(async () => {
  await stage.stop();
});

describe('scenarios/start-in-trouble', () => {
  it('waits for a GitHub that does not answer, says so, and starts when it is back', async () => {
    stage.simulator.inject({ method: 'GET', path: /^\/app$/, status: 'reset', times: 1 });
    stage.simulator.inject({ method: 'GET', path: /^\/app$/, status: 502, times: 1 });
    const baton = await stage.startBaton();
    const said = await stage.heard((line) => (line.msg.startsWith('GitHub cannot be reached') ? line : null));
    expect(said).toMatchObject({
      apiUrl: stage.simulator.url,
      remedy: expect.stringContaining('GITHUB_API_URL'),
    });
    await baton.stop();
  });

  it('does not start with a key that GitHub refuses, and says what to compare', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
    await expect(stage.launchBaton({ PRIVATE_KEY: pem.toString() }).ready).rejects.toThrow(
      /refuses us \(App 1001, key SHA256:[^)]+\): .+Compare APP_ID and the key's fingerprint/,
    );
  });

  // Below /proc the kernel says that nothing is found, which Node's own way of making directories never gets over.
  it('says that its home cannot be made, and what to do', async () => {
    for (const home of ['/proc/baton', '/proc/baton/home']) {
      await expect(stage.launchBaton({ BATON_HOME: home }).ready).rejects.toThrow(
        /BATON_HOME \/proc\/baton.* cannot be made: ENOENT.+ or set BATON_HOME to another place/,
      );
    }
  });

  it('names the setting of a port that is taken', async () => {
    const port = new URL(stage.simulator.url).port;
    for (const setting of ['PORT', 'BATON_METRICS_PORT']) {
      await expect(stage.launchBaton({ [setting]: port }).ready).rejects.toThrow(
        `Port ${port} at 127.0.0.1 is taken, maybe by another Baton. End what listens there, or set ${setting} to a free port.`,
      );
    }
  });

  it('ends when it is told to while it waits for GitHub', async () => {
    const before = stage.lines.length;
    stage.simulator.inject({ method: 'GET', path: /^\/app$/, status: 502, times: 1000 });
    const { child, ready } = stage.launchBaton();
    ready.catch(() => undefined);
    const exited = once(child, 'exit');
    await stage.heard((line) =>
      line.msg.startsWith('GitHub cannot') && stage.lines.indexOf(line) >= before ? line : null,
    );
    child.kill('SIGTERM');
    expect(await exited).toEqual([0, null]);
  });
});
