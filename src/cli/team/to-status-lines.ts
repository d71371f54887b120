import type { TeamStatus } from './read-team-status.ts';

type Restart = TeamStatus['restarts'][number];
type Agent = TeamStatus['servers'][number];

const MIB = 1024 ** 2;

/** The status for people. */
export function toStatusLines(status: TeamStatus): readonly string[] {
  const { uptimeSeconds, lastEnd, running, servers, gone, agents, members, faults, queue, restarts } = status;
  return [
    `${uptimeSeconds === null ? 'No server is up' : `Up for ${toWords(uptimeSeconds)}`}.${toEnd(lastEnd)}`,
    `Members at work: ${running} of ${members.filter(({ state }) => state !== 'not enabled').length}.`,
    `Messages: ${queue.pending} pending, ${queue.inProgress} in progress, ${queue.completed} completed, ${queue.failed} failed.`,
    ...servers.map((one) => `  ${toAgentLine(one)}`),
    ...gone.map((one) => `  ${toGoneLine(one)}`),
    ...agents.map((one) => `  ${toAgentLine(one)}`),
    ...members.flatMap((one) => [
      `${one.repository} ${one.member}: ${one.state}${one.since === null ? '' : ` since ${one.since}`}` +
        `${one.on === null ? '' : ` on ${one.on}`}; restarts ${one.restarts}${one.did === '' ? '' : `; ${one.did}`}` +
        (one.waking === null ? '' : `; trace ${one.waking}`),
      ...one.agents.map((agent) => `  ${toAgentLine(agent)}`),
    ]),
    ...faults.map(
      ({ repository, fault }) =>
        `${repository}: its settings have a fault, so those from before hold: ${fault.replaceAll('\n', ' ')}`,
    ),
    ...(restarts.length === 0
      ? []
      : ['Newest crashes:', ...restarts.map((one) => `  ${toRestartLine(one)}`)]),
  ];
}

/** Who was killed has no last word. */
function toEnd(lastEnd: TeamStatus['lastEnd']): string {
  return lastEnd === null ? '' : ` ${lastEnd.process} ended in order at ${lastEnd.at}.`;
}

function toRestartLine({ at, work, member, role, crash, why, waitSeconds }: Restart): string {
  const next = waitSeconds === null ? 'not started again' : `started again after ${waitSeconds} s`;
  const [first = ''] = why.split('\n');
  return `${at} ${role ?? member ?? ''} in ${work}, crash ${crash}: ${first.slice(0, 200)}; ${next}`;
}

function toGoneLine({ work, process, lastHeartbeat }: Agent): string {
  return `${work} on ${process} has no lease any more: it was killed, or hangs; last heard of ${lastHeartbeat}`;
}

function toAgentLine(agent: Agent): string {
  const { work, process, pid, uptimeSeconds, cpuPercent, memoryBytes, lastHeartbeat, ailments } = agent;
  const cpu = cpuPercent === null ? '?' : cpuPercent.toFixed(1);
  const parts = [
    `${work} on ${process} (PID ${pid ?? '?'}, uptime ${toWords(uptimeSeconds)}, CPU ${cpu} %, RAM ${Math.round(memoryBytes / MIB)} MiB, last heard of ${lastHeartbeat ?? 'never'})`,
    ...ailments,
  ];
  return parts.join('; ');
}

function toWords(seconds: number): string {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return hours > 0 ? `${hours} h ${minutes} min` : `${minutes} min ${seconds % 60} s`;
}
