import { type Ailment, judgeHealth } from '../domain/team/judge-health.ts';
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
}

/** What looking takes. */
interface Means {
  readonly health: AgentHealth;
  readonly clock: Clock;
  readonly log: Log;
  readonly process: string;
  readonly pid: number;
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

/** How long an agent may take to be heard of for the first time, in milliseconds. */
const FIRST_WORD_MS = 5 * 60_000;
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
      return {
        heard() {
          one.heardMs = nowMs();
        },
        started(pid) {
          one.pid = pid;
          one.last = null;
          one.heardMs ??= nowMs();
        },
        ended: () => void attended.delete(one),
      };
    },
    async look() {
      server.heardMs = nowMs();
      const all = [server, ...attended].map((one) => examine(one, means, nowMs()));
      await means.health.save(means.process, all);
    },
  };
}

function examine(one: Attended, { measure, log, process }: Means, nowMs: number): Health {
  const { agent, startedMs, pid, heardMs } = one;
  const measured = pid === null ? null : measure(pid);
  const cpuPercent = measured === null ? null : toPercent(one, measured.cpuMs, nowMs);
  const memoryBytes = measured?.memoryBytes ?? 0;
  const silentMs = heardMs === null ? null : nowMs - heardMs;
  const ailments = judgeHealth(
    { alive: pid === null || measured !== null, silentMs, cpuPercent, memoryBytes },
    { memoryMb: agent.memoryMb, heard: nowMs - startedMs < FIRST_WORD_MS ? 'yet' : 'by now' },
  );
  say(ailments, one, log);
  return {
    id: agent.id,
    process,
    repositoryId: agent.repositoryId === 0 ? null : agent.repositoryId,
    member: agent.member,
    work: agent.work,
    pid,
    startedMs,
    heartbeatMs: heardMs,
    cpuPercent,
    memoryBytes,
    ailments: ailments.map(({ level, words }) => `${level}: ${words}`),
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
