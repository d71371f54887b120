import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { request } from 'node:http';
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

describe('a repository that wants to run something', () => {
  test('runs nothing, in the whole of the flow', async () => {
    const repository = scene.makeRepository('trap', {
      'a.txt': 'text\n',
      '.gitattributes': '*.txt filter=evil diff=evil merge=evil\n',
    });
    const trap = join(scene.directory, 'sprung');
    const command = `touch ${trap}`;
    const program = join(scene.directory, 'trap.sh');
    write(scene.directory, 'trap.sh', `#!/bin/sh\n${command}\ncat\n`);
    chmodSync(program, 0o755);
    for (const [key, value] of [
      ['core.fsmonitor', program],
      ['core.hooksPath', '.git/hooks'],
      ['core.pager', program],
      ['core.editor', program],
      ['core.sshCommand', program],
      ['core.attributesFile', join(repository, '.gitattributes')],
      ['filter.evil.clean', program],
      ['filter.evil.smudge', program],
      ['filter.evil.process', program],
      ['filter.evil.required', 'true'],
      ['diff.evil.textconv', program],
      ['diff.external', program],
      ['merge.evil.driver', program],
      ['commit.gpgSign', 'true'],
      ['gpg.program', program],
      ['alias.rev-parse', `!${command}`],
    ] as const) {
      git(repository, 'config', key, value);
    }
    for (const hook of ['post-checkout', 'pre-commit', 'reference-transaction', 'post-index-change']) {
      write(repository, `.git/hooks/${hook}`, `#!/bin/sh\n${command}\n`);
      chmodSync(join(repository, '.git/hooks', hook), 0o755);
    }
    write(repository, '.git/info/attributes', '* filter=evil\n');
    // The trap itself works.
    expect(() => git(repository, 'status')).toThrow(/filter 'evil' failed/);
    expect(existsSync(trap)).toBe(true);
    rmSync(trap);

    const task_id = await startTask(repository);
    const { worktree_path } = await agent.get('create_worktree', { task_id, name: 'w' });
    const path = String(worktree_path);
    expect(readFileSync(join(path, 'a.txt'), 'utf8')).toBe('text\n');
    for (const working_directory of [path, repository]) {
      write(working_directory, 'b.md', 'b\n');
      const input = { task_id, phase: 'x', working_directory };
      const first = await agent.get('create_checkpoint', input);
      write(working_directory, 'b.md', 'c\n');
      await agent.get('create_checkpoint', input);
      await agent.get('rollback_to_checkpoint', { task_id, checkpoint_id: first['id'] });
      write(working_directory, 'a.txt', 'changed\n');
      expect(await agent.call('create_checkpoint', input)).toMatch(/filter evil.*your own git/s);
      await agent.get('rollback_to_checkpoint', { task_id, checkpoint_id: first['id'], discard: true });
    }
    await agent.get('cleanup_worktrees', { task_id });
    await agent.get('complete_task', { task_id });
    expect(existsSync(trap)).toBe(false);
  });

  test('is not let in where git would start itself', async () => {
    const repository = scene.makeRepository('nested');
    const task_id = await startTask(repository);
    const input = { task_id, phase: 'x', working_directory: repository };
    mkdirSync(join(repository, 'inner'));
    git(join(repository, 'inner'), 'init', '--quiet');
    git(join(repository, 'inner'), 'commit', '--quiet', '--allow-empty', '--message=x');
    expect(await agent.call('create_checkpoint', input)).toMatch(/inside the repository.*inner/s);
    git(repository, '-c', 'advice.addEmbeddedRepo=false', 'add', 'inner');
    git(repository, 'commit', '--quiet', '--message=Link');
    expect(await agent.call('create_checkpoint', input)).toMatch(/submodules must be empty.*inner/s);
  });

  test('is left alone in the middle of a merge', async () => {
    const repository = scene.makeRepository('merging');
    const task_id = await startTask(repository);
    const input = { task_id, phase: 'x', working_directory: repository };
    const good = await agent.get('create_checkpoint', input);
    git(repository, 'checkout', '--quiet', '-b', 'other');
    write(repository, 'README.md', 'theirs\n');
    git(repository, 'commit', '--quiet', '--all', '--message=Theirs');
    expect(
      await agent.call('rollback_to_checkpoint', { task_id, checkpoint_id: good['id'], discard: true }),
    ).toMatch(/branch main, and other is checked out/);
    git(repository, 'checkout', '--quiet', 'main');
    write(repository, 'README.md', 'ours\n');
    git(repository, 'commit', '--quiet', '--all', '--message=Ours');
    expect(() => git(repository, 'merge', 'other')).toThrow();
    expect(await agent.call('create_checkpoint', input)).toMatch(/not finished/);
    const back = { task_id, checkpoint_id: good['id'], discard: true };
    expect(await agent.call('rollback_to_checkpoint', back)).toMatch(/not finished/);
    git(repository, 'merge', '--abort');
    await agent.get('rollback_to_checkpoint', back);
    expect(git(repository, 'rev-parse', 'main')).toBe(good['sha']);
    write(repository, '.git/index.lock', '');
    expect(await agent.call('create_checkpoint', input)).toMatch(/index\.lock/);
  });
});

describe('two clients', () => {
  test('at once on one task do everything once', async () => {
    const other = await scene.connectStdio();
    const repository = scene.makeRepository('shared');
    const start = { description: 'Shared', working_directory: repository };
    const started = await Promise.all([agent, other, agent].map((one) => one.get('start_task', start)));
    const ids = new Set(started.map(({ task_id }) => task_id));
    expect(ids.size).toBe(1);
    const [task_id] = ids;
    const made = await Promise.all(
      [agent, other, agent, other].map((one) => one.get('create_worktree', { task_id, name: 'w' })),
    );
    expect(new Set(made.map((one) => JSON.stringify(one))).size).toBe(1);
    const working_directory = String(made[0]?.['worktree_path']);
    write(working_directory, 'new.txt', 'new\n');
    const sealed = await Promise.all(
      [agent, other, agent, other].map((one) =>
        one.get('create_checkpoint', { task_id, phase: 'x', working_directory }),
      ),
    );
    expect(new Set(sealed.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(git(working_directory, 'rev-list', '--count', 'HEAD')).toBe('2');
    const ended = await Promise.all([agent, other].map((one) => one.call('cleanup_worktrees', { task_id })));
    expect(ended).toHaveLength(2);
    expect(ended).toContainEqual({ removed: [], kept_branches: [] });
    expect(ended).toContainEqual({ removed: ['w'], kept_branches: [`baton/${String(task_id)}/w`] });
    const done = await Promise.all([agent, other].map((one) => one.get('complete_task', { task_id })));
    expect(done[0]).toEqual(done[1]);
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
    expect(JSON.stringify(calls)).not.toContain('stays private');
  });
});
