import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { baton } from '../cli/run-cli.ts';
import { goodAgents } from './agents.ts';
import { MINUTE_MS, PLACE, setTeamScene, type TeamScene } from './team-scene.ts';

const SETTINGS = `
team:
  enabled: true
  notify: 999
  members:
    code_developer: { workflow: backend-feature, autoApprove: true }
    architect: { enabled: false }
    assistant: { enabled: false }
    code_searcher: { enabled: false }
    ux_design_expert: { enabled: false }
`;

const documentSchema = z.object({
  agent: z.string(),
  task_type: z.string(),
  outcome: z.string(),
  started_at: z.iso.datetime(),
  ended_at: z.iso.datetime(),
  events: z.array(
    z.looseObject({ event_type: z.string(), event_id: z.uuid(), at: z.iso.datetime(), agent: z.string() }),
  ),
  metrics: z.record(z.string(), z.number()),
});

let scene: TeamScene;
let collector: Server;
const spans: string[] = [];

beforeAll(async () => {
  collector = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text;
    });
    request.on('end', () => {
      spans.push(...[...body.matchAll(/"name":"([^"]+)","kind"/g)].map(([, name = '']) => name));
      response.end();
    });
  }).listen(0, '127.0.0.1');
  await once(collector, 'listening');
  const address = collector.address();
  scene = await setTeamScene(SETTINGS, goodAgents(), {
    BATON_TEAM_BACKOFF_SECONDS: '1',
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
  });
});
afterAll(async () => {
  await scene.stop();
  collector.closeAllConnections();
  collector.close();
});

function run(...args: readonly string[]): ReturnType<typeof baton> {
  const environment = { PATH: process.env['PATH'] ?? '', DATABASE_URL: scene.stage.databaseUrl };
  return baton(args, scene.stage.directory, environment);
}

/** What is kept of the member's newest waking; what was recorded last is kept within a moment. */
async function traceOf(member: string) {
  const status = await run('team', 'status', '--json');
  const { members } = z
    .object({ members: z.array(z.object({ member: z.string(), waking: z.string().nullable() })) })
    .parse(JSON.parse(status.out.join('\n')));
  const id = members.find((one) => one.member === member)?.waking ?? '';
  for (;;) {
    const { code, out } = await run('trace', id);
    expect(code).toBe(0);
    const document = documentSchema.parse(JSON.parse(out.join('\n')));
    if (document.events.at(-1)?.event_type === 'task_completed') {
      return document;
    }
  }
}

/** One entry in a few words: what, who, and with whom about what. */
function toWords(entry: Readonly<Record<string, unknown>>): string {
  const { event_type, agent, from_agent, to_agent, task_type, about, outcome, path } = entry;
  const other = from_agent === agent ? to_agent : (from_agent ?? to_agent);
  return [event_type, agent, other, task_type, about, outcome, path]
    .filter((word) => word !== undefined)
    .map(String)
    .join(' ');
}

describe('scenarios/team-trace', () => {
  it('a waking can be read as it went: what came, what crashed, what was told, written and started', async () => {
    const { pass, open, stage, baton: server } = scene;
    await server.team.find();
    const issue = await open('Add up');
    await issue.label('maya', 'ready');
    await pass(MINUTE_MS);
    const started = await issue.run({ state: 'held', step: 'design-approval' });
    const developer = await traceOf('code-developer');
    expect(developer.events.map(toWords)).toContain(
      `message_sent code-developer orchestrator start ${started.runId}`,
    );
    await pass(5 * MINUTE_MS);
    await issue.run({ state: 'succeeded' });
    const [pull] = await issue.pulls();
    const number = pull?.number ?? 0;
    await stage.as('boss').rest.pulls.merge({ ...PLACE, pull_number: number });
    await pass(5 * MINUTE_MS);

    // The manager, whom the developer has told, cannot see the pull requests at first.
    stage.simulator.inject({ method: 'GET', path: /\/pulls$/, status: 422 });
    expect(await pass(0)).toEqual(['project-manager']);
    const { events, metrics, ...facts } = await traceOf('project-manager');
    expect(facts).toMatchObject({ agent: 'project-manager', task_type: 'waking', outcome: 'ended' });
    expect(events.map(toWords)).toEqual([
      'agent_launched project-manager',
      expect.stringMatching(/^message_sent orchestrator project-manager message-\d+$/),
      'health_check project-manager',
      expect.stringMatching(/^message_received project-manager code-developer ready_for_verification /),
      expect.stringMatching(/^agent_failed project-manager/),
      'agent_restart project-manager',
      'agent_launched project-manager',
      expect.stringMatching(/^message_sent orchestrator project-manager message-\d+$/),
      'health_check project-manager',
      expect.stringMatching(/^message_received project-manager code-developer ready_for_verification /),
      `message_sent project-manager code-developer pull_request_merged merged:${number}/code-developer`,
      `file_modified project-manager org-1/sums#${number} done:${number}`,
      expect.stringMatching(/^file_modified project-manager org-1\/sums#\d+ report$/),
      expect.stringMatching(/^message_received orchestrator project-manager message-\d+$/),
      'task_completed project-manager waking ended',
    ]);
    // There is no issue 999, which stops nobody.
    expect(await scene.report()).toContain('`team.notify` names issue 999, which is not there');
    expect(events[5]).toMatchObject({ restart_count: 1, attempt: 2 });
    expect(events[0]).toMatchObject({ pid: process.pid, runtime: 'member' });
    expect(events[2]).toMatchObject({ status: 'running', heartbeat_age: '0s' });
    expect(metrics).toMatchObject({
      agents_launched: 2,
      total_health_checks: 2,
      agent_restarts: 1,
      agents_failed: 1,
      messages_sent: 3,
      messages_received: 3,
      files_modified: 2,
    });
    for (const name of [
      'waking project-manager',
      'send pull_request_merged',
      'invoke_agent project-manager',
    ]) {
      await vi.waitFor(() => expect(spans).toContain(name), 60_000);
    }
  });
});
