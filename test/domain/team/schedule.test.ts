import { describe, expect, it, test } from 'vitest';
import { activeMembers } from '../../../src/domain/team/active-members.ts';
import { afterCrash } from '../../../src/domain/team/after-crash.ts';
import { findCircles } from '../../../src/domain/team/find-circles.ts';
import { findDue, type MemberState } from '../../../src/domain/team/find-due.ts';
import { judgeHealth } from '../../../src/domain/team/judge-health.ts';
import { latestTick } from '../../../src/domain/team/schedule.ts';
import { teamSettingsSchema } from '../../../src/domain/team/team-settings.ts';
import { members } from '../../../src/team/members/registry.gen.ts';

function at(text: string) {
  return { text, ms: Date.parse(text) };
}

const LAUNCH = at('2026-03-02T08:00:00.000Z');

describe('src/domain/team/schedule', () => {
  test.each([
    ['before the launch', 'every', '2026-03-02T07:59:59.000Z', 0, null],
    ['at the launch', 'every', '2026-03-02T08:00:00.000Z', 0, '2026-03-02T08:00:00.000Z'],
    ['staggered, before its turn', 'every', '2026-03-02T08:00:09.000Z', 1, null],
    ['staggered, at its turn', 'every', '2026-03-02T08:00:10.000Z', 1, '2026-03-02T08:00:10.000Z'],
    ['within an interval', 'every', '2026-03-02T08:04:59.000Z', 0, '2026-03-02T08:00:00.000Z'],
    ['at the next', 'every', '2026-03-02T08:05:00.000Z', 0, '2026-03-02T08:05:00.000Z'],
    [
      'after a long sleep, the newest only',
      'every',
      '2026-03-09T08:03:00.000Z',
      0,
      '2026-03-09T08:00:00.000Z',
    ],
    ['cron, before its first time', 'cron', '2026-03-02T23:00:00.000Z', 0, null],
    ['cron, after it', 'cron', '2026-03-03T06:00:01.000Z', 0, '2026-03-03T06:00:00.000Z'],
    ['cron, not at the weekend', 'cron', '2026-03-08T12:00:00.000Z', 0, '2026-03-06T06:00:00.000Z'],
  ] as const)('%s', (_, kind, now, rank, expected) => {
    const schedule =
      kind === 'every' ? ({ kind, seconds: 300 } as const) : ({ kind, expression: '0 6 * * 1-5' } as const);
    const tick = latestTick(schedule, { startedMs: LAUNCH.ms, rank }, at(now));
    expect(tick === null ? null : new Date(tick).toISOString()).toBe(expected);
  });
});

describe('src/domain/team/active-members', () => {
  it('launches as the table says, with the intervals of the table', () => {
    const active = activeMembers(members, teamSettingsSchema.parse({ enabled: true }));
    expect(active.map(({ member, priority, schedule }) => [member.name, priority, schedule])).toEqual([
      ['architect', 1, { kind: 'every', seconds: 3600 }],
      ['code-developer', 2, { kind: 'every', seconds: 300 }],
      ['project-manager', 3, { kind: 'every', seconds: 900 }],
      ['assistant', 3, { kind: 'every', seconds: 1800 }],
      ['ux-design-expert', 4, { kind: 'every', seconds: 3600 }],
      ['code-searcher', 4, { kind: 'every', seconds: 86_400 }],
    ]);
  });

  it('is what the repository says instead, in either way of writing a name', () => {
    const settings = teamSettingsSchema.parse({
      members: {
        CODE_SEARCHER: { priority: 1, cron: '0 6 * * *' },
        architect: { every: '2h' },
        code_developer: { enabled: false },
      },
    });
    const active = activeMembers(members, settings);
    expect(active.slice(0, 2).map(({ member, schedule }) => [member.name, schedule])).toEqual([
      ['architect', { kind: 'every', seconds: 7200 }],
      ['code-searcher', { kind: 'cron', expression: '0 6 * * *' }],
    ]);
    expect(active.map(({ member }) => member.name)).not.toContain('code-developer');
  });

  test.each(['61 * * * *', '* * * *', 'never'])('a cron expression like %s is refused', (cron) => {
    expect(teamSettingsSchema.safeParse({ members: { architect: { cron } } }).success).toBe(false);
  });
});

describe('src/domain/team/find-due', () => {
  const [architect] = activeMembers(members, teamSettingsSchema.parse({}));
  const NOW = at('2026-03-02T09:30:00.000Z');
  const TICK = Date.parse('2026-03-02T09:00:00.000Z');
  const state: MemberState = { rank: 0, launchedMs: LAUNCH.ms, last: null, turned: null, messageId: null };
  const ended = { state: 'ended', beganMs: TICK + 1, endedMs: TICK + 2 } as const;
  const gone = { state: 'given-up', beganMs: LAUNCH.ms, endedMs: LAUNCH.ms + 10 } as const;

  test.each<[string, Partial<MemberState>, string | null]>([
    ['never woken', {}, `tick ${TICK}`],
    ['not since the tick', { last: { ...ended, beganMs: TICK - 1 } }, `tick ${TICK}`],
    ['since the tick', { last: ended }, null],
    ['a message has come', { last: ended, messageId: 7 }, 'message 7'],
    ['a message before the launch', { launchedMs: NOW.ms + 1, messageId: 7 }, null],
    [
      'at work',
      { last: { ...ended, state: 'running', endedMs: null, beganMs: LAUNCH.ms }, messageId: 7 },
      null,
    ],
    ['between two restarts', { last: { ...ended, state: 'restarting', beganMs: LAUNCH.ms } }, null],
    ['given up', { last: gone, messageId: 7 }, null],
    ['given up, and started since', { last: gone, turned: { stopped: false, atMs: NOW.ms } }, `tick ${TICK}`],
    ['given up, and started before', { last: gone, turned: { stopped: false, atMs: LAUNCH.ms } }, null],
    ['stopped', { turned: { stopped: true, atMs: LAUNCH.ms }, messageId: 7 }, null],
  ])('%s', (_, changes, expected) => {
    if (architect === undefined) {
      throw new Error('there is no architect');
    }
    expect(findDue(architect, { ...state, ...changes }, NOW)).toBe(expected);
  });
});

describe('src/domain/team/after-crash', () => {
  test.each([
    [1, { kind: 'restart', waitMs: 60_000 }],
    [2, { kind: 'restart', waitMs: 120_000 }],
    [3, { kind: 'restart', waitMs: 240_000 }],
    [4, { kind: 'give-up' }],
  ])('after crash %i', (crashes, expected) => {
    expect(afterCrash(crashes, { maxRestarts: 3, backOffMs: 60_000 })).toEqual(expected);
  });
});

describe('src/domain/team/judge-health', () => {
  const well = { alive: true, silentMs: 1000, cpuPercent: 10, memoryBytes: 1024 ** 2 };
  test.each([
    ['well', {}, 'by now', []],
    ['silent for five minutes', { silentMs: 300_000 }, 'by now', []],
    ['silent for longer', { silentMs: 347_000 }, 'by now', ['warning stale it was last heard of 347 s ago']],
    ['busy', { cpuPercent: 87.3 }, 'by now', ['warning busy it uses 87.3 % of a processor']],
    [
      'large',
      { memoryBytes: 312 * 1024 ** 2 },
      'by now',
      ['warning large it uses 312 MiB of memory, over its 256'],
    ],
    ['dead', { alive: false, silentMs: null }, 'by now', ['error dead its process is dead']],
    ['not heard of yet', { silentMs: null }, 'yet', []],
    ['never heard of', { silentMs: null }, 'by now', ['error mute it was never heard of']],
  ] as const)('%s', (_, changes, heard, expected) => {
    const ailments = judgeHealth({ ...well, ...changes }, { memoryMb: 256, heard });
    expect(ailments.map(({ level, kind, words }) => `${level} ${kind} ${words}`)).toEqual(expected);
  });
});

describe('src/domain/team/find-circles', () => {
  test.each([
    ['nobody waits', '', []],
    ['a line', 'a>b b>c', []],
    ['two', 'a>b b>a', [['a', 'b']]],
    ['three, told from the middle', 'b>c c>a a>b', [['a', 'b', 'c']]],
    [
      'two circles with one in common',
      'a>b b>a b>c c>b',
      [
        ['a', 'b'],
        ['b', 'c'],
      ],
    ],
    ['oneself', 'a>a', [['a']]],
  ])('%s', (_, text, expected) => {
    const waits = text
      .split(' ')
      .filter(Boolean)
      .map((pair) => {
        const [sender = '', recipient = ''] = pair.split('>');
        return { sender, recipient };
      });
    expect(findCircles(waits)).toEqual(expected);
  });
});
