import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { BatonProcess } from '../../src/demo/baton-process.ts';
import { MAINTAINER } from '../../src/demo/demo-seed.ts';
import { query } from '../store/query.ts';
import { REPO, type Stage } from '../support/stage.ts';
import { openIssue, type PlayedIssue, settle } from './support/play-issue.ts';
import { setCrashStage } from './support/set-crash-stage.ts';

let stage: Stage;
let baton: BatonProcess;
beforeAll(async () => {
  stage = await setCrashStage({ delays: { 'implementation.1': 600_000 } });
  baton = await stage.startBaton();
});
afterAll(() => stage.stop());

interface Begun {
  readonly issue: PlayedIssue;
  readonly runId: string;
}

/** A run that asks whether its design is good. */
async function begin(): Promise<Begun> {
  const issue = await openIssue(stage);
  await issue.label();
  const here = `${REPO.owner}/${REPO.repo}#${issue.number}`;
  const { runId } = await stage.advanced(({ subject, state }) => subject === here && state === 'held');
  return { issue, runId };
}

async function approve({ issue, runId }: Begun): Promise<void> {
  await issue.say('/baton approve');
  await stage.advanced((run) => run.runId === runId && run.step === 'implementation');
}

async function saidOn({ issue }: Begun): Promise<string> {
  const { rest } = stage.as(MAINTAINER);
  const { data } = await rest.issues.listComments({ ...REPO, issue_number: issue.number, per_page: 100 });
  return data.map(({ body }) => body).join('\n');
}

/** Resolves when so many messages wait for the run, and all that was delivered is handled. */
async function untilUnread(runId: string, count: number): Promise<void> {
  await vi.waitFor(
    async () => {
      const [row] = await query(
        stage.databaseUrl,
        `select (select count(*)::int from dbos.notifications where destination_uuid = $1 and not consumed) as unread,
          (select count(*)::int from dbos.workflow_status
             where name = 'delivery' and status in ('PENDING', 'ENQUEUED')) as under_way`,
        [runId],
      );
      expect(row).toEqual({ unread: count, under_way: 0 });
    },
    { timeout: 60_000, interval: 20 },
  );
}

/** As after a version whose code took other steps. */
async function rewriteRecord(runId: string): Promise<void> {
  const rewritten = await query(
    stage.databaseUrl,
    `update dbos.operation_outputs set function_name = 'an earlier name'
     where workflow_uuid = $1 and function_name = 'clock' returning function_id`,
    [runId],
  );
  expect(rewritten).not.toEqual([]);
}

function stateTo(from: string, to: string, runId: string): string {
  return `update baton.runs set progress =
    replace(progress::text, '"state":"${from}"', '"state":"${to}"')::json where id = '${runId}'`;
}

/** Nothing more is kept of this run, so what it reads from now on it cannot answer. */
async function forbidSaving(runId: string): Promise<void> {
  await query(
    stage.databaseUrl,
    `create function forbid() returns trigger language plpgsql as $$ begin raise exception 'not now'; end $$;
     create trigger forbid before update on baton.runs for each row
       when (new.id = '${runId}') execute function forbid();`,
  );
}

async function allowSaving(): Promise<void> {
  await query(stage.databaseUrl, 'drop trigger forbid on baton.runs; drop function forbid();');
}

/** Resolves when the run has read all that was said to it. */
async function untilRead(runId: string): Promise<void> {
  const asked =
    'select consumed from dbos.notifications where destination_uuid = $1 order by consumed limit 1';
  await vi.waitFor(
    async () => expect(await query(stage.databaseUrl, asked, [runId])).toEqual([{ consumed: true }]),
    { timeout: 60_000, interval: 20 },
  );
}

/** As if another version had written what was asked for. */
async function rewriteOrder(runId: string): Promise<void> {
  const rewritten = await query(
    stage.databaseUrl,
    `with started as (
       update dbos.workflow_input set inputs = replace(inputs, '"baton/', '"other/')
       where workflow_uuid = $1 and inputs like '%"baton/%' returning 1
     ) update baton.runs set "order" = replace("order"::text, '"baton/', '"other/')::json
       where id = $1 and (select count(*) from started) = 1 returning id`,
    [runId],
  );
  expect(rewritten).toHaveLength(1);
}

/** As soon as somebody's words are meant for this run, its row becomes one that nobody can read. */
async function damageWhenChosen(runId: string): Promise<void> {
  await query(
    stage.databaseUrl,
    `create function damage() returns trigger language plpgsql as $$ begin
       ${stateTo('held', 'dancing', runId)};
       return new;
     end $$;
     create trigger damage after update on baton.effects for each row
       when (new.key like '%/steered-runs') execute function damage();`,
  );
}

async function mend(runId: string): Promise<void> {
  await query(
    stage.databaseUrl,
    `drop trigger damage on baton.effects; drop function damage();
     ${stateTo('dancing', 'held', runId)}`,
  );
}

describe('crash/unreplayable', () => {
  it('whoever speaks to a run that cannot be read any more is told, once, and can speak again when it is mended, or cancel it', async () => {
    const run = await begin();
    await damageWhenChosen(run.runId);
    await run.issue.say('/baton approve');
    await settle(stage);
    expect(await saidOn(run)).toMatch(
      new RegExp(`Nothing was done: .*${run.runId}.* cannot be read .*baton -- doctor`),
    );
    expect(stage.lines.filter(({ msg }) => msg === 'a delivery could not be handled')).toEqual([]);
    await mend(run.runId);
    await approve(run);
    await query(stage.databaseUrl, stateTo('running', 'dancing', run.runId));
    await run.issue.say('/baton cancel');
    await stage.advanced(({ runId, state }) => runId === run.runId && state === 'cancelled');
    await settle(stage);
    expect(await saidOn(run)).toMatch(/Cancelled/i);
  });

  it('a run whose record does not fit the code any more ends, says so to all who spoke to it, and keeps nobody from a new one', async () => {
    const run = await begin();
    await approve(run);
    await run.issue.say('/baton approve');
    await run.issue.say('/baton reject It has no tests.');
    await untilUnread(run.runId, 2);
    const other = await begin();
    await forbidSaving(other.runId);
    // It is read, and killed before the answer.
    await other.issue.say('/baton reject It has no tests.');
    await untilRead(other.runId);
    const older = await begin();
    baton.child.kill('SIGKILL');
    await once(baton.child, 'exit');
    await allowSaving();
    await rewriteRecord(run.runId);
    await rewriteRecord(other.runId);
    await rewriteOrder(older.runId);
    // Ending them fails at first, and not even that leaves one looking alive.
    await query(stage.databaseUrl, 'alter table baton.runs rename column progress to elsewhere');
    baton = await stage.startBaton();
    const trying = 'what has to be kept could not be; it is tried again';
    await stage.heard(({ msg, ...line }) => (msg === trying && line['step'] === 'abandon' ? true : null));
    await query(stage.databaseUrl, 'alter table baton.runs rename column elsewhere to progress');
    for (const { runId: id } of [run, other]) {
      await stage.advanced(({ runId, state }) => runId === id && state === 'failed');
      await untilUnread(id, 0);
    }
    await stage.advanced(({ runId, state }) => runId === older.runId && state === 'refused');
    expect(await saidOn(older)).toMatch(/cannot go on with this run, .* another version of Baton wrote it/);
    expect(await saidOn(other)).toMatch(/Nothing was done\. This run has already ended \(failed\)\./);
    const said = await saidOn(run);
    expect(said).toMatch(/Baton cannot go on with this run, by a fault/);
    expect(said.match(/Nothing was done\. This run has already ended \(failed\)\./g)).toHaveLength(2);
    const { rest } = stage.as(MAINTAINER);
    await rest.issues.removeLabel({ ...REPO, issue_number: run.issue.number, name: 'baton' });
    await run.issue.label();
    const here = `${REPO.owner}/${REPO.repo}#${run.issue.number}`;
    const again = await stage.advanced(
      ({ subject, runId, state }) => subject === here && runId !== run.runId && state === 'held',
    );
    expect(again.step).toBe('design-approval');
  });
});
