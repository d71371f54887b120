import { type Ailment, judgeHealth, toStatus, type Vitals } from '../domain/team/judge-health.ts';
import type { AgentHealth, Health } from '../ports/agent-health.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';

/** One agent at work. */
export interface Agent {
  /** Tells it from all others: run, step and attempt. */
  readonly id: string;
  readonly repositoryId: number;
  readonly member: string | null;
  readonly work: string;
  readonly memoryMb: number;
  /** Told what was found, each time that somebody looks; must not throw. */
  readonly onLooked?: (looked: Looked) => void;
}

/** What was found when somebody looked. */
export interface Looked extends Health {
  readonly status: 'running' | 'silent' | 'dead';
  /** Since it was last heard of, or began, in milliseconds. */
  readonly silentMs: number;
}

/** What becomes known of an agent while it works. */
export interface Attendance {
  /** It has done or said something. */
  heard(): void;
  /** It has a process, or another one. */
  started(pid: number): void;
  ended(): void;
}

/** Looks after all agents of this process. */
export interface Supervisor {
  attend(agent: Agent): Attendance;
  /** Measures and judges each agent once. */
  look(): Promise<void>;
  /** Keeps that this process has ended in order. Nobody looks any more after that. */
  end(): Promise<void>;
}

/** What looking takes. */
interface Means {
  readonly health: AgentHealth;
  readonly clock: Clock;
  readonly log: Log;
  readonly process: string;
  readonly pid: number;
  /** How long an agent may be silent, also at first, in milliseconds. */
  readonly staleMs: number;
  readonly measure: (pid: number) => { readonly cpuMs: number; readonly memoryBytes: number } | null;
}

interface Attended {
  readonly agent: Agent;
  readonly startedMs: number;
  pid: number | null;
  heardMs: number | null;
  /** What was said of it, so that it is said once. */
  said: string;
  /** At the last look. */
  last: { readonly cpuMs: number; readonly atMs: number } | null;
}

/** What a server may use before it is said, in MiB. */
const SERVER_MEMORY_MB = 2048;

/** Starts with nobody; whoever begins an agent says so. */
export function createSupervisor(means: Means): Supervisor {
  const attended = new Set<Attended>();
  function nowMs(): number {
    return Date.parse(means.clock.now());
  }
  const server: Attended = {
    agent: {
      id: `server ${means.process}`,
      repositoryId: 0,
      member: null,
      work: 'server',
      memoryMb: SERVER_MEMORY_MB,
    },
    startedMs: nowMs(),
    pid: means.pid,
    heardMs: nowMs(),
    said: '',
    last: null,
  };
  return {
    attend(agent) {
      const one: Attended = { agent, startedMs: nowMs(), pid: null, heardMs: null, said: '', last: null };
      attended.add(one);
      // So that each has been looked at once, however short its life.
      examine(one, means, nowMs());
      return {
        heard() {
          one.heardMs = nowMs();
        },
        started(pid) {
          one.pid = pid;
          one.heardMs ??= nowMs();
          // What the first look will compare with.
          const cpuMs = means.measure(pid)?.cpuMs;
          one.last = cpuMs === undefined ? null : { cpuMs, atMs: nowMs() };
        },
        ended: () => void attended.delete(one),
      };
    },
    async look() {
      server.heardMs = nowMs();
      const all = [server, ...attended].map((one) => examine(one, means, nowMs()));
      await means.health.save(means.process, all);
    },
    end: () => means.health.end(means.process),
  };
}

function examine(one: Attended, means: Means, nowMs: number): Health {
  const { agent, startedMs, heardMs } = one;
  const measured = measureOne(one, means, nowMs);
  const silentMs = heardMs === null ? null : nowMs - heardMs;
  const ailments = judgeHealth(
    { ...measured, silentMs },
    {
      memoryMb: agent.memoryMb,
      heard: nowMs - startedMs < means.staleMs ? 'yet' : 'by now',
      staleMs: means.staleMs,
    },
  );
  say(ailments, one, means.log);
  const health: Health = {
    id: agent.id,
    process: means.process,
    repositoryId: agent.repositoryId === 0 ? null : agent.repositoryId,
    member: agent.member,
    work: agent.work,
    pid: one.pid,
    startedMs,
    heartbeatMs: heardMs,
    cpuPercent: measured.cpuPercent,
    memoryBytes: measured.memoryBytes,
    ailments: ailments.map(({ level, words }) => `${level}: ${words}`),
  };
  agent.onLooked?.({ ...health, status: toStatus(ailments), silentMs: silentMs ?? nowMs - startedMs });
  return health;
}

/** One without a process of its own lives, and uses nothing of its own. */
function measureOne(
  one: Attended,
  { measure }: Means,
  nowMs: number,
): Pick<Vitals, 'alive' | 'cpuPercent' | 'memoryBytes'> {
  const measured = one.pid === null ? null : measure(one.pid);
  return measured === null
    ? { alive: one.pid === null, cpuPercent: null, memoryBytes: 0 }
    : {
        alive: true,
        cpuPercent: toPercent(one, measured.cpuMs, nowMs),
        memoryBytes: measured.memoryBytes,
      };
}

function toPercent(one: Attended, cpuMs: number, nowMs: number): number | null {
  const { last } = one;
  one.last = { cpuMs, atMs: nowMs };
  return last === null || nowMs <= last.atMs ? null : (100 * (cpuMs - last.cpuMs)) / (nowMs - last.atMs);
}

function say(ailments: readonly Ailment[], one: Attended, log: Log): void {
  const { id, member, work } = one.agent;
  const kinds = ailments.map(({ kind }) => kind).join(' ');
  if (kinds === one.said) {
    return;
  }
  one.said = kinds;
  for (const { level, kind, words } of ailments) {
    const fields = { agent: id, member, work, ailment: kind };
    if (level === 'error') {
      log.error(fields, `an agent is not well: ${words}`);
    } else {
      log.warn(fields, `an agent is not well: ${words}`);
    }
  }
}
