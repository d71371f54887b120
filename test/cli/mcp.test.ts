import { existsSync } from 'node:fs';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startEmbeddedPostgres } from '../../src/engine/start-embedded-postgres.ts';
import { baton } from './run-cli.ts';

let directory = '';

beforeAll(async () => {
  directory = await realpath(await mkdtemp(join(tmpdir(), 'baton-mcp-cli-')));
});

afterAll(() => rm(directory, { recursive: true, force: true }));

async function connect(home: string): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' });
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [resolve('src/cli.ts'), 'mcp'],
    env: { PATH: process.env['PATH'] ?? '', BATON_HOME: home },
    stderr: 'ignore',
    cwd: directory,
  });
  await client.connect(transport);
  return client;
}

async function ask(client: Client, task_id: string): Promise<string> {
  const { content } = await client.callTool({ name: 'get_task_state', arguments: { task_id } });
  return JSON.stringify(content);
}

describe('src/cli/mcp', () => {
  test('says all that is wrong with its settings, and needs no GitHub App', async () => {
    const environment = {
      PATH: process.env['PATH'],
      BATON_HOME: 'here',
      BATON_MCP_ROOTS: '/',
      BATON_MPC: '1',
    };
    const { code, out, complaint } = await baton(['mcp'], directory, environment);
    expect(code).toBe(1);
    expect(out).toEqual(['']);
    for (const name of ['BATON_HOME', 'BATON_MCP_ROOTS', 'BATON_MPC']) {
      expect(complaint).toContain(name);
    }
    expect(complaint).not.toContain('APP_ID');
  });

  test('joins the embedded database of another process, and the last who leaves stops it', async () => {
    const home = join(directory, 'home');
    const first = await connect(home);
    const second = await connect(home);
    const unknown = 'task-000000000000';
    expect(await ask(first, unknown)).toContain('no such task');
    expect(await ask(second, unknown)).toContain('no such task');
    await first.close();
    expect(await ask(second, unknown)).toContain('no such task');
    const { transport } = second;
    const gone = new Promise<void>((settle) => {
      Object.assign(second, { onclose: settle });
    });
    process.kill(transport instanceof StdioClientTransport ? (transport.pid ?? 0) : 0, 'SIGTERM');
    await gone;
    expect(existsSync(join(home, 'postgres/cluster/PG_VERSION'))).toBe(true);
    const again = await startEmbeddedPostgres(join(home, 'postgres'));
    expect(again.how).toBe('started');
    await again.stop();
  });
});
