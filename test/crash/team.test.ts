import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { BatonProcess } from '../../src/demo/baton-process.ts';
import { toDemoSeed } from '../../src/demo/demo-seed.ts';
import { baton as cli } from '../cli/run-cli.ts';
import { query } from '../store/query.ts';
import { PATIENCE } from '../support/patience.ts';
import { type Calls, writeRecording } from '../support/recordings.ts';
import { type Stage, setStage } from '../support/stage.ts';
import { untilPerformed } from './support/executions.ts';

const PLACE = { owner: 'org-1', repo: 'sums' };

const SETTINGS = `
team:
  enabled: true
  members:
    project-manager: { every: 2s }
    code-searcher: { every: 1d }
    architect: { enabled: false }
    code-developer: { enabled: false }
    assistant: { enabled: false }
    ux-design-expert: { enabled: false }
`;

let stage: Stage;
let recording: string;
let answers: Calls;
beforeAll(async () => {
  recording = await mkdtemp(join(tmpdir(), 'baton-recording-'));
  const deferred = [
    { title: 'The total is never checked', why: 'Wrong.', evidence: 'src/total.ts:1', labels: [] },
  ];
  const report = { kind: 'work', summary: 'Looked.', details: 'All of it.', facts: {}, deferred };
  answers = { 'search.1': { report } };
  // Until the kill, which falls into the middle of it.
  await writeRecording(recording, { 'search.1': { report, delayMs: 600_000 } });
  const { app } = toDemoSeed();
  stage = await setStage({
    recording,
    environment: { LOG_LEVEL: 'debug' },
    seed: {
      users: ['boss'],
      organizations: [{ login: 'org-1', owners: ['boss'] }],
      repositories: [
        {
          owner: 'org-1',
          name: 'sums',
          files: {
            'README.md': '# Sums\n',
            'src/total.ts': 'export const total = 1;\n',
            '.github/baton.yml': SETTINGS,
          },
        },
      ],
      app: { ...app, owner: 'org-1' },
      installations: [{ id: 2001, account: 'org-1' }],
    },
  });
});
afterAll(async () => {
  await stage.stop();
  await rm(recording, { recursive: true, force: true });
});

/** Member and state of all wakings that have not ended. */
function awake() {
  return query(stage.databaseUrl, `select member, state from baton.wakings where state <> 'ended'`);
}

/** Resolves when a waking that comes from now on has done its work. */
function nextDone(): Promise<unknown> {
  const seen = stage.lines.length;
  return stage.heard((line) =>
    line.msg === 'a member of the team has done its work' && stage.lines.indexOf(line) >= seen ? true : null,
  );
}

/** A message that ended a week ago, one for a member that is gone, and two members that wait for each other. */
async function leaveOldMessages(): Promise<void> {
  const rows = [
    ['old', 'project-manager', 'code-searcher', 'completed'],
    ['gone', 'project-manager', 'architect', 'pending'],
    ['one', 'project-manager', 'code-searcher', 'pending'],
    ['other', 'code-searcher', 'project-manager', 'pending'],
  ];
  for (const [key, sender, recipient, status] of rows) {
    await query(
      stage.databaseUrl,
      `insert into baton.messages
         (repository_id, key, sender, recipient, type, content, priority, status, created_at, raised_at, completed_at)
       select repository_id, '${key}', '${sender}', '${recipient}', 'question', '{}', 5, '${status}',
         now() - interval '8 days', now() - interval '8 days',
         case '${status}' when 'completed' then now() - interval '8 days' end
       from baton.team_repositories`,
    );
  }
}

/** What lies about is dealt with by the server itself, and right after its start. */
async function expectTidied(): Promise<void> {
  await stage.heard(({ msg }) =>
    msg.startsWith('members wait for each other: code-searcher > project-manager > code-searcher')
      ? true
      : null,
  );
  await stage.heard(({ msg, ...line }) =>
    msg === 'the messages of the team were cleaned up' && line['deleted'] === 1 && line['failed'] === 1
      ? true
      : null,
  );
  const left = `select key, recipient, priority, status, reason from baton.messages order by key`;
  await vi.waitFor(
    async () =>
      expect(await query(stage.databaseUrl, left)).toEqual([
        expect.objectContaining({
          key: 'gone',
          status: 'failed',
          reason: expect.stringContaining('any more'),
        }),
        expect.objectContaining({ key: 'one', priority: 4, status: 'pending' }),
        expect.objectContaining({ key: 'other', status: 'completed' }),
      ]),
    PATIENCE,
  );
}

/** The repository wants to be told in an issue of its own from now on. */
async function nameNoticeIssue(): Promise<number> {
  const { rest } = stage.as('boss');
  const { data: issue } = await rest.issues.create({ ...PLACE, title: 'Notices' });
  const path = '.github/baton.yml';
  const { data: old } = await rest.repos.getContent({ ...PLACE, path });
  const text = SETTINGS.replace('enabled: true', `enabled: true\n  notify: ${issue.number}`);
  await rest.repos.createOrUpdateFileContents({
    ...PLACE,
    path,
    message: 'Say where',
    content: Buffer.from(text).toString('base64'),
    ...('sha' in old ? { sha: old.sha } : {}),
  });
  return issue.number;
}

/** A member that crashes a fourth time: one notice where the repository wants it, also when GitHub is away just then. */
async function giveUpAndStartAgain(notices: number): Promise<void> {
  async function said(): Promise<readonly string[]> {
    const { data } = await stage.as('boss').rest.issues.listComments({ ...PLACE, issue_number: notices });
    return data.map(({ body }) => body ?? '');
  }
  await vi.waitFor(
    async () => expect(await said()).toEqual([expect.stringContaining('How things')]),
    PATIENCE,
  );
  stage.simulator.inject({ method: 'POST', path: /\/comments$/, status: 502 });
  stage.simulator.inject({ method: 'GET', path: /\/pulls$/, status: 422, times: 4 });
  await vi.waitFor(async () => expect(await said()).toHaveLength(2), PATIENCE);
  expect((await said())[1]).toContain('`project-manager` does not work any more');
  expect((await team('status')).join('\n')).toMatch(
    /project-manager: given-up since \S+ on \S+-\d+-\w+; restarts 3; Injected fault/,
  );
  expect(await awake()).toEqual([{ member: 'project-manager', state: 'given-up' }]);

  expect(await team('start', '--agents', 'PROJECT_MANAGER')).toEqual(['project-manager: started.']);
  await nextDone();
  expect((await team('status')).join('\n')).toMatch(/project-manager: (asleep|running) since/);
  expect(await said()).toHaveLength(2);
}

/** One was killed a moment ago: nothing of it counts, and what it had in hand is told of the one that has it now. */
async function expectOneIsUp(pids: { readonly left: BatonProcess; readonly killed: BatonProcess }) {
  const [left, killed] = [pids.left.child.pid, pids.killed.child.pid];
  const lines = await team('status');
  expect(lines.filter((line) => line.startsWith('  server '))).toEqual([
    expect.stringMatching(new RegExp(`^ {2}server on \\S+-${left}-\\w+ \\(PID ${left}, uptime `)),
    expect.stringMatching(
      new RegExp(`^ {2}server on \\S+-${killed}-\\w+ has no lease any more: .* last heard of \\S+Z$`),
    ),
  ]);
  const status = JSON.parse((await team('status', '--json')).join('\n'));
  expect(status.servers).toMatchObject([{ pid: left }]);
  expect(status.gone).toMatchObject([{ pid: killed }]);
  const searcher = lines.find((line) => line.includes('code-searcher: '));
  expect(searcher).toMatch(/asleep since/);
}

async function team(...args: readonly string[]): Promise<readonly string[]> {
  const environment = { PATH: process.env['PATH'] ?? '', DATABASE_URL: stage.databaseUrl };
  return (await cli(['team', ...args], stage.directory, environment)).out;
}

describe('a team of two replicas, one killed and one ended in the middle', () => {
  it('wakes each member once, starts each run once, and files each finding once', async () => {
    const [one, other] = await Promise.all([stage.startBaton(), stage.startBaton()]);
    const { pid } = await untilPerformed(stage.databaseUrl, 'call');
    const [killed, left] = pid === one.child.pid ? [one, other] : [other, one];
    await writeRecording(recording, answers);
    killed.child.kill('SIGKILL');
    await stage.advanced(({ workflow, state }) => workflow === 'search-code' && state === 'succeeded');
    await nextDone();
    await expectOneIsUp({ left, killed });

    left.child.kill('SIGTERM');
    const [code] = await once(left.child, 'exit');
    expect(code).toBe(0);
    expect((await team('status'))[0]).toMatch(
      new RegExp(`^No server is up\\. .+-${left.child.pid}-\\w+ ended in order at \\S+Z\\.$`),
    );
    expect((await awake()).length).toBeLessThanOrEqual(2);
    await leaveOldMessages();
    const notices = await nameNoticeIssue();

    await stage.startBaton({ BATON_TEAM_BACKOFF_SECONDS: '0' });
    await nextDone();
    await nextDone();
    await expectTidied();
    await giveUpAndStartAgain(notices);
    const rows = await query(
      stage.databaseUrl,
      `select member, count(*)::int as n, count(distinct reason)::int as reasons from baton.wakings
       group by member order by member`,
    );
    expect(rows.map(({ member }) => member)).toEqual(['code-searcher', 'project-manager']);
    expect(rows.every(({ n, reasons }) => n === reasons)).toBe(true);
    expect(rows[0]).toMatchObject({ n: 1 });
    const runs = await query(stage.databaseUrl, 'select state from baton.runs');
    expect(runs).toEqual([{ state: 'succeeded' }]);
    const { data } = await stage.as('boss').rest.issues.listForRepo({ ...PLACE, state: 'all' });
    expect(data.map(({ title }) => title).toSorted()).toEqual([
      'Baton: the team of this repository',
      'Notices',
      'The total is never checked',
    ]);
    const { data: comments } = await stage.as('boss').rest.issues.listComments({
      ...PLACE,
      issue_number: data.find(({ title }) => title.startsWith('Baton'))?.number ?? 0,
    });
    expect(comments.filter(({ body }) => body?.includes('How things stand'))).toHaveLength(1);
  });
});
