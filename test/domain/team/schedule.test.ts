import { describe, expect, it, test } from 'vitest';
import { afterCrash } from '../../../src/domain/after-crash.ts';
import { activeMembers } from '../../../src/domain/team/active-members.ts';
import { findCircles } from '../../../src/domain/team/find-circles.ts';
import { findDue, type MemberState } from '../../../src/domain/team/find-due.ts';
import { judgeHealth } from '../../../src/domain/team/judge-health.ts';
import { hasEased, type Pressure, reliefMs } from '../../../src/domain/team/pressure.ts';
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
  const state: MemberState = {
    rank: 0,
    launchedMs: LAUNCH.ms,
    last: null,
    turned: null,
    messageId: null,
    eased: false,
  };
  const ended = {
    state: 'ended',
    reason: `tick-${TICK}`,
    beganMs: TICK + 1,
    endedMs: TICK + 2,
    pressures: [],
  } as const;
  const gone = { ...ended, state: 'given-up', beganMs: LAUNCH.ms, endedMs: LAUNCH.ms + 10 } as const;
  const away = { ...ended, pressures: [{ kind: 'outage' }] } as const;
  const queued = { ...ended, pressures: [{ kind: 'queue' }] } as const;

  test.each<[string, Partial<MemberState>, string | null]>([
    ['never woken', {}, `tick-${TICK}`],
    ['not since the tick', { last: { ...ended, reason: 'message-6', beganMs: TICK - 1 } }, `tick-${TICK}`],
    ['for the tick, by a clock that is behind', { last: { ...ended, beganMs: TICK - 1 } }, null],
    ['since the tick', { last: ended }, null],
    ['a message has come', { last: ended, messageId: 7 }, 'message-7'],
    ['what it was kept by has eased', { last: ended, eased: true }, 'relief'],
    [
      'eased, but it has just been awake',
      { last: { ...ended, endedMs: NOW.ms - 29_999 }, eased: true },
      null,
    ],
    ['eased for a minute', { last: { ...ended, endedMs: NOW.ms - 60_000 }, eased: true }, 'relief'],
    ['eased, but a message comes first', { last: ended, eased: true, messageId: 7 }, 'message-7'],
    ['a message that was put back', { last: queued, messageId: 7 }, null],
    ['put back since GitHub was away', { last: away, messageId: 7 }, null],
    ['put back, and there is room', { last: queued, messageId: 7, eased: true }, 'relief'],
    ['at work, and eased', { last: { ...ended, state: 'running', endedMs: null }, eased: true }, null],
    ['given up, and eased', { last: gone, eased: true }, null],
    ['stopped, and eased', { last: ended, eased: true, turned: { stopped: true, atMs: NOW.ms } }, null],
    ['a message before the launch', { launchedMs: NOW.ms + 1, messageId: 7 }, null],
    [
      'at work',
      { last: { ...ended, state: 'running', endedMs: null, beganMs: LAUNCH.ms }, messageId: 7 },
      null,
    ],
    ['between two restarts', { last: { ...ended, state: 'restarting', beganMs: LAUNCH.ms } }, null],
    ['given up', { last: gone, messageId: 7 }, null],
    [
      'given up, and started since',
      { last: gone, turned: { stopped: false, atMs: NOW.ms } },
      `start-${NOW.ms}`,
    ],
    ['given up, and started before', { last: gone, turned: { stopped: false, atMs: LAUNCH.ms } }, null],
    ['stopped', { turned: { stopped: true, atMs: LAUNCH.ms }, messageId: 7 }, null],
  ])('%s', (_, changes, expected) => {
    if (architect === undefined) {
      throw new Error('there is no architect');
    }
    expect(findDue(architect, { ...state, ...changes }, NOW)).toBe(expected);
  });
});

describe('src/domain/team/find-due by cron', () => {
  it('wakes for a message before its first time has come', () => {
    const settings = teamSettingsSchema.parse({ members: { code_developer: { cron: '0 4 1 1 *' } } });
    const developer = activeMembers(members, settings).find(({ member }) => member.name === 'code-developer');
    if (developer === undefined) {
      throw new Error('there is no developer');
    }
    const state = { rank: 1, launchedMs: LAUNCH.ms, last: null, turned: null, eased: false };
    expect(findDue(developer, { ...state, messageId: null }, at('2026-03-02T09:00:00.000Z'))).toBeNull();
    expect(findDue(developer, { ...state, messageId: 3 }, at('2026-03-02T09:00:00.000Z'))).toBe('message-3');
    expect(findDue(developer, { ...state, messageId: 3 }, at('2026-03-02T08:00:09.000Z'))).toBeNull();
  });
});

describe('src/domain/team/pressure', () => {
  test.each([
    [{ kind: 'queue' }, { queue: 'full', open: 0, atOnce: 1 }, false],
    [{ kind: 'queue' }, { queue: 'has room', open: 1, atOnce: 1 }, true],
    [{ kind: 'outage' }, { queue: 'full', open: 1, atOnce: 1 }, true],
    [{ kind: 'places', most: 2 }, { queue: 'full', open: 2, atOnce: 1 }, false],
    [{ kind: 'places', most: 2 }, { queue: 'full', open: 1, atOnce: 1 }, true],
    // The repository lets more be open than before.
    [{ kind: 'places', most: 2 }, { queue: 'full', open: 2, atOnce: 3 }, true],
  ] as const)('%j where %j', (pressure, standing, expected) => {
    expect(hasEased(pressure, standing)).toBe(expected);
  });

  it('spreads members over half a minute, and each wakes within a minute', () => {
    const endedMs = LAUNCH.ms;
    const times = [0, 1, 2, 3, 4, 5].map((rank) => reliefMs({ endedMs, rank, pressures: [] }) - endedMs);
    expect(new Set(times.map((ms) => Math.floor(ms / 3000))).size).toBeGreaterThan(3);
    expect(Math.min(...times)).toBeGreaterThanOrEqual(30_000);
    expect(Math.max(...times)).toBeLessThan(60_000);
  });

  test.each([
    [undefined, 30_000],
    [1, 30_000],
    [2, 60_000],
    [5, 480_000],
    [6, 900_000],
    [5000, 900_000],
  ])('after outage %s in a row a member rests for at least %i ms', (times, restMs) => {
    const endedMs = LAUNCH.ms;
    const outage: Pressure = times === undefined ? { kind: 'outage' } : { kind: 'outage', times };
    const ms = reliefMs({ endedMs, rank: 0, pressures: [outage] }) - endedMs;
    expect(ms).toBeGreaterThanOrEqual(restMs);
    expect(ms).toBeLessThan(restMs + 30_000);
  });
});

describe('src/domain/after-crash', () => {
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
    const ailments = judgeHealth({ ...well, ...changes }, { staleMs: 300_000, memoryMb: 256, heard });
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
