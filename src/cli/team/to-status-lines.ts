import type { TeamStatus } from './read-team-status.ts';

type Agent = TeamStatus['servers'][number];

const MIB = 1024 ** 2;

/** The status for people. */
export function toStatusLines(status: TeamStatus): readonly string[] {
  const { uptimeSeconds, running, servers, members, queue } = status;
  return [
    uptimeSeconds === null ? 'No server is up.' : `Up for ${toWords(uptimeSeconds)}.`,
    `Members at work: ${running} of ${members.length}.`,
    `Messages: ${queue.pending} pending, ${queue.inProgress} in progress, ${queue.completed} completed, ${queue.failed} failed.`,
    ...servers.map((one) => `  ${toAgentLine(one)}`),
    ...members.flatMap((one) => [
      `${one.repository} ${one.member}: ${one.state}${one.since === null ? '' : ` since ${one.since}`}` +
        `${one.on === null ? '' : ` on ${one.on}`}; restarts ${one.restarts}${one.did === '' ? '' : `; ${one.did}`}`,
      ...one.agents.map((agent) => `  ${toAgentLine(agent)}`),
    ]),
  ];
}

function toAgentLine(agent: Agent): string {
  const { work, pid, uptimeSeconds, cpuPercent, memoryBytes, lastHeartbeat, ailments } = agent;
  const cpu = cpuPercent === null ? '?' : cpuPercent.toFixed(1);
  const parts = [
    `${work} (PID ${pid ?? '?'}, uptime ${toWords(uptimeSeconds)}, CPU ${cpu} %, RAM ${Math.round(memoryBytes / MIB)} MiB, last heard of ${lastHeartbeat ?? 'never'})`,
    ...ailments,
  ];
  return parts.join('; ');
}

function toWords(seconds: number): string {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return hours > 0 ? `${hours} h ${minutes} min` : `${minutes} min ${seconds % 60} s`;
}
