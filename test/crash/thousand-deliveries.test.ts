import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { MAINTAINER } from '../../src/demo/demo-seed.ts';
import { REPO, type Stage } from '../support/stage.ts';
import { openIssue, type PlayedIssue } from './support/play-issue.ts';
import { type Posted, postDeliveries } from './support/post-deliveries.ts';
import { report } from './support/report.ts';
import { scatter } from './support/scatter.ts';
import { setCrashStage } from './support/set-crash-stage.ts';
import { untilIdle, within } from './support/until.ts';
import { toComparable, writesOf } from './support/written.ts';

const DELIVERIES = 1000;
const RUNS = 8;
const COMMANDS = ['/baton help', '/baton status', '/baton hlep', '/baton help approve', '/baton aprove'];
const UNLABELLED = 10;

let stage: Stage;
afterEach(async () => {
  await stage.stop();
});

describe('crash/thousand-deliveries', () => {
  it('acts once on each event out of 1,000 deliveries with duplicates, out of order, and a kill -9', async () => {
    stage = await setCrashStage();
    const { simulator } = stage;
    const events = await makeEvents();
    const deliveries = scatter(withDuplicates(events));
    expect(deliveries).toHaveLength(DELIVERIES);
    const home = { BATON_HOME: `${stage.directory}/home` };
    const first = stage.launchBaton(home);
    let { ready } = first;
    await ready;
    const startedAt = performance.now();
    await postDeliveries(deliveries, {
      // Nobody is asked while none listens: its port may be another's by then.
      url: () => ready,
      secret: simulator.app.webhookSecret,
      appId: simulator.app.id,
      onAccepted(count) {
        if (count === DELIVERIES / 2) {
          first.child.kill('SIGKILL');
          ({ ready } = stage.launchBaton(home));
        }
      },
    });
    report(
      `1,000 deliveries with one kill -9: all accepted after ${Math.round(performance.now() - startedAt)} ms`,
    );
    await untilIdle(stage.databaseUrl);
    report(
      `1,000 deliveries with one kill -9: all acted on after ${Math.round(performance.now() - startedAt)} ms`,
    );
    await expectOncePerEvent(events);
  });
});

/** Issues, labels and comments as people make them; Baton is not told of them by the simulator. */
async function makeEvents(): Promise<Posted[]> {
  const { simulator } = stage;
  simulator.setWebhookUrl('http://127.0.0.1:1/nobody');
  for (let index = 0; index < RUNS; index += 1) {
    const issue = await openIssue(stage, `Pages for list ${index}`);
    await issue.label();
  }
  const talk = await openIssue(stage, 'Talk');
  for (const command of [...COMMANDS, ...COMMANDS]) {
    await talk.say(command);
  }
  await unlabel(await openIssue(stage, 'Never labelled for long'));
  await simulator.settle();
  const made = simulator
    .deliveries()
    .filter(({ event, action }) => `${event}.${action}` !== 'issues.opened')
    .map(({ guid, event, body }) => ({ guid, event, body }));
  simulator.setWebhookUrl(null);
  return [...made, ...toChatter(made)];
}

async function unlabel({ number }: PlayedIssue): Promise<void> {
  const { rest } = stage.as(MAINTAINER);
  for (let index = 0; index < UNLABELLED; index += 1) {
    await rest.issues.addLabels({ ...REPO, issue_number: number, labels: ['other'] });
    await rest.issues.removeLabel({ ...REPO, issue_number: number, name: 'other' });
  }
}

/** Comments that ask for nothing, as most do: as many as are missing to nine tenths of all deliveries. */
function toChatter(made: readonly Posted[]): Posted[] {
  const pattern = made.find(({ event }) => event === 'issue_comment');
  const payload = JSON.parse(pattern?.body ?? '{}');
  const acting = made.filter(isActing).length;
  return Array.from({ length: (DELIVERIES * 9) / 10 - made.length - acting }, (_, index) => ({
    guid: randomUUID(),
    event: 'issue_comment',
    body: JSON.stringify({
      ...payload,
      comment: { ...payload.comment, id: 9_000_000 + index, body: `Thanks, that is ${index} times better.` },
    }),
  }));
}

/** A tenth comes again under its GUID, and each event that acts once more under another. */
function withDuplicates(events: readonly Posted[]): Posted[] {
  const again = events.filter(isActing).map((event) => ({ ...event, guid: randomUUID() }));
  const acting = [...events.filter(isActing), ...again];
  const fill = events.filter((event) => !isActing(event));
  const duplicates = [...acting, ...fill].slice(0, DELIVERIES - events.length - again.length);
  return [...events, ...again, ...duplicates];
}

function isActing({ body }: Posted): boolean {
  return (
    body.includes('"body":"/baton ') ||
    (body.includes('"action":"labeled"') && body.includes('"name":"baton"'))
  );
}

async function expectOncePerEvent(events: readonly Posted[]): Promise<void> {
  expect(await query('select state, count(*)::int as n from baton.runs group by state')).toEqual([
    { state: 'held', n: RUNS },
  ]);
  expect(await query('select count(*)::int as n from baton.deliveries')).toEqual([
    { n: events.length + events.filter(isActing).length },
  ]);
  const writes = writesOf(stage.simulator);
  const comments = writes.filter(({ kind }) => kind === 'issues/create-comment');
  expect(comments).toHaveLength(RUNS + COMMANDS.length * 2);
  // With the ids: comments on one issue are otherwise alike.
  const exact = writes.map(({ kind, path, body }) => `${kind} ${path} ${JSON.stringify(body)}`);
  expect(new Set(exact).size).toBe(exact.length);
  const progress = toComparable(writes).filter((write) => write.includes('Baton waits for'));
  expect(progress).toHaveLength(RUNS);
}

async function query(text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: stage.databaseUrl });
  await client.connect();
  try {
    return (await within(240_000, text, client.query(text))).rows;
  } finally {
    await client.end();
  }
}
