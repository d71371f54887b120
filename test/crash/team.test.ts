import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toDemoSeed } from '../../src/demo/demo-seed.ts';
import { query } from '../store/query.ts';
import { writeRecording } from '../support/recordings.ts';
import { type Stage, setStage } from '../support/stage.ts';

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
beforeAll(async () => {
  recording = await mkdtemp(join(tmpdir(), 'baton-recording-'));
  const deferred = [
    { title: 'The total is never checked', why: 'Wrong.', evidence: 'src/total.ts:1', labels: [] },
  ];
  const report = { kind: 'work', summary: 'Looked.', details: 'All of it.', facts: {}, deferred };
  // Long enough to be killed in the middle of it.
  await writeRecording(recording, { 'search.1': { report, delayMs: 3000 } });
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
}, 120_000);
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

describe('a team of two replicas, one killed and one ended in the middle', { timeout: 180_000 }, () => {
  it('wakes each member once, starts each run once, and files each finding once', async () => {
    const [one, other] = await Promise.all([stage.startBaton(), stage.startBaton()]);
    await stage.advanced(({ workflow, step }) => workflow === 'search-code' && step === 'search');
    const [beginning] = stage.lines.filter(({ msg }) => msg === 'a member of the team started a run');
    const [killed, left] = beginning?.['pid'] === one?.child.pid ? [one, other] : [other, one];
    killed?.child.kill('SIGKILL');
    await stage.advanced(({ workflow, state }) => workflow === 'search-code' && state === 'succeeded');
    await nextDone();

    left?.child.kill('SIGTERM');
    const [code] = await once(left?.child ?? process, 'exit');
    expect(code).toBe(0);
    expect((await awake()).length).toBeLessThanOrEqual(2);

    await stage.startBaton();
    await nextDone();
    await nextDone();
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
      'The total is never checked',
    ]);
    const { data: comments } = await stage.as('boss').rest.issues.listComments({
      ...PLACE,
      issue_number: data.find(({ title }) => title.startsWith('Baton'))?.number ?? 0,
    });
    expect(comments.filter(({ body }) => body?.includes('How things stand'))).toHaveLength(1);
  });
});
