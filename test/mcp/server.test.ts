import { once } from 'node:events';
import { mkdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Stage, setStage } from '../support/stage.ts';
import { git } from './mcp-scene.ts';

const TOKEN = 'a-token-that-is-only-used-in-these-tests';

let stage: Stage;
let projects = '';

beforeAll(async () => {
  stage = await setStage();
  projects = join(realpathSync(stage.directory), 'projects');
  mkdirSync(join(projects, 'example'), { recursive: true });
  git(join(projects, 'example'), 'init', '--quiet');
  git(join(projects, 'example'), 'commit', '--quiet', '--allow-empty', '--message=Begin');
});

afterAll(() => stage.stop());

/** A server, and a client that is connected to it. */
async function start() {
  const known = new Set(stage.lines);
  const server = await stage.startBaton({
    BATON_MCP_PORT: '0',
    BATON_MCP_TOKEN: TOKEN,
    BATON_MCP_ROOTS: projects,
  });
  const url = await stage.heard((line) =>
    !known.has(line) && line.msg === 'interactive agents can connect over MCP' ? String(line['url']) : null,
  );
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(
    new StreamableHTTPClientTransport(new URL(url), {
      requestInit: { headers: { authorization: `Bearer ${TOKEN}` } },
    }),
  );
  async function get(name: string, input: Readonly<Record<string, unknown>>) {
    const { isError, content, structuredContent } = await client.callTool({ name, arguments: input });
    expect(isError, JSON.stringify(content)).not.toBe(true);
    return Object(structuredContent) as Record<string, unknown>;
  }
  return { server, get };
}

describe('a server that was killed', () => {
  test('shows the same state when it is started again', async () => {
    const first = await start();
    const working_directory = join(projects, 'example');
    const { task_id } = await first.get('start_task', { description: 'x', working_directory });
    await first.get('create_worktree', { task_id, name: 'w' });
    const checkpoint = await first.get('create_checkpoint', { task_id, phase: 'x', working_directory });
    await first.get('mark_phase_complete', { task_id, phase: 'x', checkpoint_id: checkpoint['id'] });
    const reads = ['get_task_state', 'list_worktrees', 'list_checkpoints'];
    const before = await Promise.all(reads.map((name) => first.get(name, { task_id })));
    const { child } = first.server;
    const gone = once(child, 'close');
    child.kill('SIGKILL');
    await gone;

    const second = await start();
    expect(await Promise.all(reads.map((name) => second.get(name, { task_id })))).toEqual(before);
    expect(before[0]).toMatchObject({ phases_complete: ['x'] });
    expect(await second.get('start_task', { description: 'x', working_directory })).toMatchObject({
      task_id,
    });
    expect(JSON.stringify(stage.lines)).not.toContain(TOKEN);
  });
});
