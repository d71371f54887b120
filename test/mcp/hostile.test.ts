import { mkdirSync, symlinkSync } from 'node:fs';
import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Agent, git, type McpScene, startMcpScene, TOKEN, write } from './mcp-scene.ts';

let scene: McpScene;
let agent: Agent;

beforeAll(async () => {
  scene = await startMcpScene();
  agent = await scene.connect();
});

afterAll(() => scene.close());

async function startTask(repository: string, description = 'A task'): Promise<string> {
  const { task_id } = await agent.get('start_task', { description, working_directory: repository });
  return String(task_id);
}

/** A request with headers that a browser would not let a page choose. */
function post(headers: Readonly<Record<string, string>>, body = '{}', path = '/mcp'): Promise<number> {
  const { hostname, port } = new URL(scene.url);
  const common = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
  return new Promise((settle, fail) => {
    const sent = request(
      { hostname, port, path, method: 'POST', headers: { ...common, ...headers } },
      (response) => {
        response.resume();
        settle(response.statusCode ?? 0);
      },
    );
    sent.on('error', fail);
    sent.end(body);
  });
}

describe('the door', () => {
  const right = { authorization: `Bearer ${TOKEN}` };

  test.each([
    ['no token', {}, 401],
    ['a wrong token', { authorization: `Bearer ${TOKEN.slice(0, -1)}x` }, 401],
    ['the token without its scheme', { authorization: TOKEN }, 401],
    ['the page of a stranger', { ...right, origin: 'https://evil.example' }, 403],
    ['a page without an origin', { ...right, origin: 'null' }, 403],
    ['a name that leads here', { ...right, host: 'evil.example' }, 403],
  ])('is closed to %s', async (_, headers, status) => {
    expect(await post(headers)).toBe(status);
  });

  test('has nothing behind it but the protocol', async () => {
    expect(await post(right, '{}', '/')).toBe(404);
    expect(await post(right, '{}')).toBe(400);
  });

  test('takes no body that is too long', async () => {
    expect(await post(right, JSON.stringify({ text: 'x'.repeat(300_000) }))).toBe(413);
  });

  test('turns away connections that are too many, says so, and has room again when they are gone', async () => {
    const { hostname, port } = new URL(scene.url);
    const open: Socket[] = [];
    const ends: Promise<unknown>[] = [];
    for (let one = 0; one < 257; one += 1) {
      const socket = connect(Number(port), hostname).on('error', () => undefined);
      open.push(socket);
      ends.push(new Promise((settle) => socket.once('close', settle)));
    }
    await Promise.race(ends);
    expect(scene.lines).toContainEqual({
      fields: { address: '127.0.0.1', most: 256 },
      message: 'a connection over MCP was dropped: too many are open',
    });
    for (const socket of open) {
      socket.destroy();
    }
    await Promise.all(ends);
    await expect.poll(() => post(right).catch(() => 'turned away')).toBe(400);
  });

  test('never logs the token', () => {
    expect(scene.lines.some(({ message }) => message === 'a request over MCP was rejected')).toBe(true);
    expect(JSON.stringify(scene.lines)).not.toContain(TOKEN.slice(0, -1));
  });
});

describe('paths', () => {
  test('lead nowhere but below the roots', async () => {
    const outside = join(scene.directory, 'outside');
    mkdirSync(outside);
    git(outside, 'init', '--quiet');
    git(outside, 'commit', '--quiet', '--allow-empty', '--message=x');
    const inside = scene.makeRepository('inside');
    symlinkSync(outside, join(scene.directory, 'projects/link'));
    for (const path of [
      outside,
      '/etc',
      '/',
      join(scene.directory, 'projects/link'),
      `${inside}/../../outside`,
      join(scene.directory, 'projects'),
      join(scene.directory, 'nothing'),
    ]) {
      expect(await agent.call('start_task', { description: 'x', working_directory: path }), path).toMatch(
        /BATON_MCP_ROOTS|not the main directory/,
      );
    }
    for (const path of ['inside', '--help', '', '/a\0b', `/${'x'.repeat(5000)}`]) {
      expect(await agent.call('start_task', { description: 'x', working_directory: path }), path).toEqual(
        expect.any(String),
      );
    }
  });

  test('of a git directory that leads elsewhere are refused', async () => {
    const real = scene.makeRepository('real');
    const fake = join(scene.directory, 'projects/fake');
    mkdirSync(fake);
    symlinkSync(join(real, '.git'), join(fake, '.git'));
    git(real, 'worktree', 'add', '--quiet', '../linked');
    const split = scene.makeRepository('split');
    write(split, '.git/commondir', `${real}/.git\n`);
    for (const path of [fake, join(scene.directory, 'projects/linked'), split]) {
      expect(await agent.call('start_task', { description: 'x', working_directory: path }), path).toMatch(
        /ordinary clone/,
      );
    }
  });

  test('and ids of one task are not those of another', async () => {
    const one = await startTask(scene.makeRepository('one'));
    const two = await startTask(scene.makeRepository('two'));
    const { worktree_path } = await agent.get('create_worktree', { task_id: one, name: 'mine' });
    const input = { task_id: two, phase: 'x', working_directory: worktree_path };
    expect(await agent.call('create_checkpoint', input)).toMatch(/neither the repository/);
    const checkpoint = await agent.get('create_checkpoint', { ...input, task_id: one });
    const back = { task_id: two, checkpoint_id: checkpoint['id'] };
    expect(await agent.call('rollback_to_checkpoint', back)).toMatch(/no checkpoint cp-1/);
    expect(await agent.call('mark_phase_complete', { ...back, phase: 'x' })).toMatch(/no checkpoint cp-1/);
    const other = join(scene.directory, 'projects/one');
    expect(await agent.call('create_worktree', { task_id: two, name: 'x', base_dir: other })).toMatch(
      /another repository/,
    );
    expect(await agent.call('get_task_state', { task_id: 'task-000000000000' })).toMatch(/no such task/);
  });
});

describe('words', () => {
  test.each([
    '--force',
    '..',
    '../x',
    'a/b',
    'a.lock',
    'A',
    '-a',
    '',
    'x'.repeat(51),
    'a b',
    'a\nb',
    'ä',
    '$(touch x)',
  ])('that are no name of a worktree are refused: %j', async (name) => {
    const task_id = await startTask(join(scene.directory, 'projects/one'));
    expect(await agent.call('create_worktree', { task_id, name })).toEqual(expect.any(String));
    expect(await agent.get('list_worktrees', { task_id })).toEqual({
      worktrees: [expect.objectContaining({ name: 'mine' })],
    });
  });

  test('that are too long, unknown or of another kind are refused', async () => {
    const repository = scene.makeRepository('words');
    const task_id = await startTask(repository);
    const place = { task_id, working_directory: repository };
    for (const [tool, input] of [
      ['start_task', { description: 'x'.repeat(10_001), working_directory: repository }],
      ['start_task', { description: 'x', working_directory: repository, surplus: true }],
      ['create_checkpoint', { ...place, phase: 'x\nBaton-Task: forged' }],
      ['create_checkpoint', { ...place, phase: 'x'.repeat(201) }],
      ['get_task_state', { task_id: `${task_id}'; drop table tasks; --` }],
      ['get_task_state', { task_id: 7 }],
      ['rollback_to_checkpoint', { task_id, checkpoint_id: 'HEAD~1' }],
    ] as const) {
      expect(await agent.call(tool, input), tool).toEqual(expect.any(String));
    }
    await agent.get('create_checkpoint', { ...place, phase: '--amend "$(id)" `id` %n' });
    expect(git(repository, 'log', '-1', '--format=%s')).toBe('Begin');
  });
});

describe('the log', () => {
  test('has a line for each call, with ids and without what was written', async () => {
    const repository = scene.makeRepository('logged');
    const task_id = await startTask(repository, 'A description that stays private');
    await agent.call('rollback_to_checkpoint', { task_id, checkpoint_id: 'cp-9' });
    const calls = scene.lines
      .filter(({ message }) => message === 'a tool was called')
      .map(({ fields }) => fields);
    expect(calls.slice(-2)).toEqual([
      expect.objectContaining({
        caller: expect.stringMatching(/^http .*127\.0\.0\.1$/),
        tool: 'start_task',
        task_id,
        outcome: 'done',
      }),
      expect.objectContaining({
        tool: 'rollback_to_checkpoint',
        task_id,
        checkpoint_id: 'cp-9',
        outcome: 'refused',
      }),
    ]);
    await agent.call('get_task_state', { task_id: 'forged stays private' });
    expect(scene.lines.at(-1)?.fields).toMatchObject({ tool: 'get_task_state', outcome: 'refused' });
    expect(scene.lines.at(-1)?.fields).not.toHaveProperty('task_id');
    expect(JSON.stringify(calls)).not.toContain('stays private');
  });
});
