import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Baton } from '../../src/composition/baton.ts';
import { toDemoSeed } from '../../src/demo/demo-seed.ts';
import { query } from '../store/query.ts';
import { createMovableClock } from '../support/movable-clock.ts';
import { startOwnBaton } from '../support/own-baton.ts';
import { type Calls, writeRecording } from '../support/recordings.ts';
import { type Stage, setStage } from '../support/stage.ts';
import { openTicket, type Ticket } from './ticket.ts';

export const PLACE = { owner: 'org-1', repo: 'sums' };
export const MINUTE_MS = 60_000;

/** One repository with a team, and a clock that is set by hand. */
export interface TeamScene {
  readonly stage: Stage;
  readonly baton: Baton;
  /** What the agents answer from now on. */
  readonly play: (calls: Calls) => Promise<void>;
  /** Lets time pass, wakes whoever is due, and waits until they sleep again. Returns who was woken. */
  readonly pass: (ms: number) => Promise<readonly string[]>;
  readonly open: (title: string) => Promise<Ticket>;
  /** The one comment in which the team says how things stand. */
  readonly report: () => Promise<string>;
  /** Messages between members, in the order in which they were sent. */
  readonly sent: () => Promise<readonly Record<string, unknown>[]>;
  readonly stop: () => Promise<void>;
}

/** Sets up a repository with these settings of its team. */
export async function setTeamScene(
  settings: string,
  calls: Calls,
  environment: Readonly<Record<string, string>> = {},
): Promise<TeamScene> {
  const recording = await mkdtemp(join(tmpdir(), 'baton-recording-'));
  await writeRecording(recording, calls);
  const stage = await setStage({ recording, seed: toSeed(settings) });
  const clock = createMovableClock();
  const baton = await startOwnBaton(stage, clock, environment);
  let passedMs: number | null = null;

  function slept(id: string): Promise<unknown> {
    return stage.heard(({ msg, ...line }) =>
      msg === 'a member of the team has done its work' && line['waking'] === id ? true : null,
    );
  }

  return {
    stage,
    baton,
    play: (next) => writeRecording(recording, next),
    async pass(ms) {
      // How long the work takes on a busy machine is no part of it, or it would come to somebody's next tick.
      passedMs = (passedMs ?? Date.parse(clock.now())) + ms;
      clock.moveTo(passedMs);
      const ids = await baton.team.wake();
      await Promise.all(ids.map(slept));
      return ids.map((id) => id.split(':')[2] ?? '');
    },
    open: (title) => openTicket(stage, PLACE, { by: 'boss', title }),
    async report() {
      const { rest } = stage.as('boss');
      const { data: boards } = await rest.issues.listForRepo({ ...PLACE, labels: 'baton: team' });
      expect(boards).toHaveLength(1);
      const number = boards[0]?.number ?? 0;
      const { data: comments } = await rest.issues.listComments({ ...PLACE, issue_number: number });
      const reports = comments.filter(({ body }) => body?.includes('How things stand'));
      expect(reports).toHaveLength(1);
      return reports[0]?.body ?? '';
    },
    sent: () =>
      query(stage.databaseUrl, 'select sender, recipient, type, status from baton.messages order by id'),
    async stop() {
      await baton.stop();
      await stage.stop();
      await rm(recording, { recursive: true, force: true });
    },
  };
}

function toSeed(settings: string) {
  const { app } = toDemoSeed();
  return {
    users: ['boss', 'maya', 'rita'],
    organizations: [{ login: 'org-1', owners: ['boss'] }],
    repositories: [
      {
        owner: 'org-1',
        name: 'sums',
        files: {
          'README.md': '# Sums\n',
          'src/total.ts': 'export const total = 1;\n',
          '.github/baton.yml': settings,
        },
        roles: { maya: 'maintain', rita: 'triage' } as const,
        labels: ['ready', 'needs-spec', 'high', 'low', 'critical', 'bug', 'security'],
      },
    ],
    app: { ...app, owner: 'org-1' },
    installations: [{ id: 2001, account: 'org-1' }],
  };
}
