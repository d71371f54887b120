import { PLUG_INS } from '../../catalog/plug-ins.ts';
import { activeMembers } from '../../domain/team/active-members.ts';
import type { MessageCounts } from '../../domain/team/message.ts';
import type { TeamSettings } from '../../domain/team/team-settings.ts';
import type { Health } from '../../ports/agent-health.ts';
import type { KeptWaking, Restart } from '../../ports/team-records.ts';
import type { TeamDatabase } from '../with-team.ts';

/** How a member stands in one repository. Times are ISO, sizes bytes. */
export interface MemberStatus {
  readonly member: string;
  readonly repository: string;
  readonly state: KeptWaking['state'] | 'asleep' | 'stopped' | 'never-woken' | 'not enabled';
  readonly since: string | null;
  readonly on: string | null;
  readonly did: string;
  /** Id of its newest waking, with which its trace is asked for. */
  readonly waking: string | null;
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
  /** The server that ended in order last; null when there is none of late. */
  readonly lastEnd: { readonly process: string; readonly at: string } | null;
  readonly running: number;
  readonly servers: readonly AgentStatus[];
  /** Servers that were there a moment ago, have not ended in order, and hold no lease: killed, or frozen. */
  readonly gone: readonly AgentStatus[];
  /** Agents at work in runs that people asked for. */
  readonly agents: readonly AgentStatus[];
  readonly members: readonly MemberStatus[];
  /** Repositories whose newest settings have a fault, so that those from before hold. */
  readonly faults: readonly { readonly repository: string; readonly fault: string }[];
  readonly queue: MessageCounts;
  /** What was started again, or not any more, the newest first. */
  readonly restarts: readonly RestartStatus[];
}

interface RestartStatus extends Pick<Restart, 'work' | 'member' | 'role' | 'crash' | 'why'> {
  readonly at: string;
  /** Null when it was not started again. */
  readonly waitSeconds: number | null;
}

/** What was measured longer ago is of a server that is gone, in milliseconds. */
const FRESH_MS = 2 * 60_000;
const RESTARTS = 1000;
const SHOWN_RESTARTS = 10;

/** Reads what the database has about these members. */
export async function readTeamStatus(
  { records, messages, health, alive }: TeamDatabase,
  names: readonly string[],
): Promise<TeamStatus> {
  const nowMs = Date.now();
  const [places, wakings, switches, restarts, measured, queue, ended, leased] = await Promise.all([
    records.repositories(),
    records.wakings(),
    records.switches(),
    records.restarts(RESTARTS),
    health.read(nowMs - FRESH_MS),
    messages.counts(),
    health.ended(),
    alive(),
  ]);
  // What a server measured before it was killed is nobody's any more.
  const all = measured.filter((one) => leased.includes(one.process));
  const gone = measured.filter((one) => one.work === 'server' && !leased.includes(one.process));
  const members = places.flatMap(({ repository, settings }) =>
    toLaunchOrder(names, settings).map(({ member, enabled }) => {
      const own = { repositoryId: repository.id, member };
      return {
        member,
        repository: `${repository.owner}/${repository.name}`,
        ...describe(
          wakings.find((one) => isOf(one, own)),
          enabled ? toTurned(switches.get(member)) : { kind: 'not enabled' },
        ),
        restarts: restarts.filter((one) => isOf(one, own) && one.waitMs !== null).length,
        agents: all.filter((one) => isOf(one, own)).map((one) => toAgentStatus(one, nowMs)),
      };
    }),
  );
  const others = all.filter(({ member }) => member === null);
  const servers = others.filter(({ work }) => work === 'server').map((one) => toAgentStatus(one, nowMs));
  return {
    uptimeSeconds: servers.length === 0 ? null : Math.max(...servers.map((one) => one.uptimeSeconds)),
    lastEnd: ended === null ? null : { process: ended.process, at: new Date(ended.endedMs).toISOString() },
    running: members.filter(({ state }) => state === 'running' || state === 'restarting').length,
    servers,
    gone: gone.map((one) => toAgentStatus(one, nowMs)),
    agents: others.filter(({ work }) => work !== 'server').map((one) => toAgentStatus(one, nowMs)),
    members,
    faults: places.flatMap(({ repository: { owner, name }, fault }) =>
      fault === null ? [] : [{ repository: `${owner}/${name}`, fault }],
    ),
    queue,
    restarts: restarts.slice(0, SHOWN_RESTARTS).map(toRestartStatus),
  };
}

/** Whether a member may wake, and since when the operator lets it no more. */
type Turned =
  | { readonly kind: 'on' }
  | { readonly kind: 'stopped'; readonly atMs: number }
  | { readonly kind: 'not enabled' };

/** What the operator last said of a member. */
function toTurned(last: { readonly stopped: boolean; readonly atMs: number } | undefined): Turned {
  return last?.stopped === true ? { kind: 'stopped', atMs: last.atMs } : { kind: 'on' };
}

/** As they are launched; whoever the repository does not have is named at the end. */
function toLaunchOrder(names: readonly string[], settings: TeamSettings) {
  const all = [...PLUG_INS.members.values()].filter(({ name }) => names.includes(name));
  const active = activeMembers(all, settings).map(({ member }) => member.name);
  return [...new Set([...active, ...names])].map((member) => ({ member, enabled: active.includes(member) }));
}

function toRestartStatus({ work, member, role, crash, why, waitMs, atMs }: Restart): RestartStatus {
  const waitSeconds = waitMs === null ? null : waitMs / 1000;
  return { at: new Date(atMs).toISOString(), work, member, role, crash, why, waitSeconds };
}

function isOf(
  one: { readonly repositoryId: number | null; readonly member: string | null },
  { repositoryId, member }: { readonly repositoryId: number; readonly member: string },
): boolean {
  return one.repositoryId === repositoryId && one.member === member;
}

const NOTHING = { since: null, on: null };

/** What its newest waking says. */
function describe(
  waking: KeptWaking | undefined,
  turned: Turned,
): Pick<MemberStatus, 'state' | 'since' | 'on' | 'did' | 'crashes' | 'waking'> {
  if (waking === undefined) {
    return { ...toRest(turned, 'never-woken', NOTHING), did: '', crashes: 0, waking: null };
  }
  const { id, state, endedMs, beganMs, on, note, crashes } = waking;
  const last = { since: toIso(endedMs ?? beganMs), on };
  const stands = state === 'ended' ? toRest(turned, 'asleep', last) : { state, ...last };
  return { ...stands, did: note, crashes, waking: id };
}

type Stands = Pick<MemberStatus, 'state' | 'since' | 'on'>;

/** Where it wakes no more: since when, and not when it slept in. */
function toRest(turned: Turned, state: Stands['state'], last: Pick<Stands, 'since' | 'on'>): Stands {
  switch (turned.kind) {
    case 'on':
      return { state, ...last };
    case 'stopped':
      return { state: 'stopped', ...NOTHING, since: toIso(turned.atMs) };
    case 'not enabled':
      return { state: 'not enabled', ...NOTHING };
  }
}

function toIso(ms: number): string {
  return new Date(ms).toISOString();
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
