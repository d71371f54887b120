import type { MessageCounts } from '../../domain/team/message.ts';
import type { Health } from '../../ports/agent-health.ts';
import type { KeptWaking } from '../../ports/team-records.ts';
import type { TeamStore } from '../../store/open-team-store.ts';

/** How a member stands in one repository. Times are ISO, sizes bytes. */
export interface MemberStatus {
  readonly member: string;
  readonly repository: string;
  readonly state: KeptWaking['state'] | 'asleep' | 'stopped' | 'never-woken';
  readonly since: string | null;
  readonly on: string | null;
  readonly did: string;
  readonly crashes: number;
  readonly restarts: number;
  /** Its agents at work. */
  readonly agents: readonly AgentStatus[];
}

interface AgentStatus {
  readonly work: string;
  readonly process: string;
  readonly pid: number | null;
  readonly uptimeSeconds: number;
  readonly cpuPercent: number | null;
  readonly memoryBytes: number;
  readonly lastHeartbeat: string | null;
  readonly ailments: readonly string[];
}

/** How all teams of a server stand. */
export interface TeamStatus {
  /** Of the server that has been up for the longest; null when none is. */
  readonly uptimeSeconds: number | null;
  readonly running: number;
  readonly servers: readonly AgentStatus[];
  readonly members: readonly MemberStatus[];
  readonly queue: MessageCounts;
}

/** What was measured longer ago is of a server that is gone, in milliseconds. */
const FRESH_MS = 2 * 60_000;
const RESTARTS = 1000;

/** Reads what the database has about these members. */
export async function readTeamStatus(
  { records, messages, health }: TeamStore,
  names: readonly string[],
): Promise<TeamStatus> {
  const nowMs = Date.now();
  const [places, wakings, switches, restarts, all, queue] = await Promise.all([
    records.repositories(),
    records.wakings(),
    records.switches(),
    records.restarts(RESTARTS),
    health.read(nowMs - FRESH_MS),
    messages.counts(),
  ]);
  const members = places.flatMap(({ repository }) =>
    names.map((member) => {
      const own = { repositoryId: repository.id, member };
      return {
        member,
        repository: `${repository.owner}/${repository.name}`,
        ...describe(
          wakings.find((one) => isOf(one, own)),
          switches.get(member)?.stopped ?? false,
        ),
        restarts: restarts.filter((one) => isOf(one, own) && one.waitMs !== null).length,
        agents: all.filter((one) => isOf(one, own)).map((one) => toAgentStatus(one, nowMs)),
      };
    }),
  );
  const servers = all.filter(({ work }) => work === 'server').map((one) => toAgentStatus(one, nowMs));
  return {
    uptimeSeconds: servers.length === 0 ? null : Math.max(...servers.map((one) => one.uptimeSeconds)),
    running: members.filter(({ state }) => state === 'running' || state === 'restarting').length,
    servers,
    members,
    queue,
  };
}

function isOf(
  one: { readonly repositoryId: number | null; readonly member: string | null },
  { repositoryId, member }: { readonly repositoryId: number; readonly member: string },
): boolean {
  return one.repositoryId === repositoryId && one.member === member;
}

/** What its newest waking says. */
function describe(
  waking: KeptWaking | undefined,
  stopped: boolean,
): Pick<MemberStatus, 'state' | 'since' | 'on' | 'did' | 'crashes'> {
  if (waking === undefined) {
    return { state: stopped ? 'stopped' : 'never-woken', since: null, on: null, did: '', crashes: 0 };
  }
  const { state, endedMs, beganMs, on, note, crashes } = waking;
  const asleep = stopped ? 'stopped' : 'asleep';
  const since = new Date(endedMs ?? beganMs).toISOString();
  return { state: state === 'ended' ? asleep : state, since, on, did: note, crashes };
}

function toAgentStatus(one: Health, nowMs: number): AgentStatus {
  const { work, process, pid, startedMs, cpuPercent, memoryBytes, heartbeatMs, ailments } = one;
  return {
    work,
    process,
    pid,
    uptimeSeconds: Math.max(0, Math.round((nowMs - startedMs) / 1000)),
    cpuPercent,
    memoryBytes,
    lastHeartbeat: heartbeatMs === null ? null : new Date(heartbeatMs).toISOString(),
    ailments,
  };
}
