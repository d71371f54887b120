import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Agent, git, type McpScene, startMcpScene, write } from './mcp-scene.ts';

let scene: McpScene;
let agent: Agent;

beforeAll(async () => {
  scene = await startMcpScene();
  agent = await scene.connect();
});

afterAll(() => scene.close());

/** The second in which a file was written last. */
function secondOf(file: string): number {
  return Math.floor(statSync(file).mtimeMs / 1000);
}

async function startTask(repository: string): Promise<string> {
  const { task_id } = await agent.get('start_task', { description: 'A task', working_directory: repository });
  return String(task_id);
}

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
    // The trap itself works, once git has a reason to look into a file.
    utimesSync(join(repository, 'a.txt'), 1, 1);
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

describe('a file', () => {
  test('that is changed in the second in which git has read it is sealed as it is now', async () => {
    const repository = scene.makeRepository('quick');
    const task_id = await startTask(repository);
    const [file, index] = [join(repository, 'quick.txt'), join(repository, '.git/index')];
    let seconds: readonly number[];
    do {
      write(repository, 'quick.txt', 'one\n');
      const written = secondOf(file);
      git(repository, 'add', 'quick.txt');
      write(repository, 'quick.txt', 'two\n');
      seconds = [written, secondOf(index), secondOf(file)];
    } while (new Set(seconds).size > 1);
    // Whatever is written from now on is younger than the file, in seconds, which is how git looks at it.
    await delay(1000 - (Date.now() % 1000));
    const input = { task_id, phase: 'x', working_directory: repository };
    const { sha } = await agent.get('create_checkpoint', input);
    expect(git(repository, 'show', `${String(sha)}:quick.txt`)).toBe('two');
    expect(git(repository, 'status', '--porcelain')).toBe('');
  });
});

describe('a worktree', () => {
  test('whose directory became a link is not followed', async () => {
    const repository = scene.makeRepository('swapped');
    const task_id = await startTask(repository);
    const { worktree_path } = await agent.get('create_worktree', { task_id, name: 'w' });
    const path = String(worktree_path);
    const elsewhere = join(scene.directory, 'private');
    renameSync(path, elsewhere);
    write(elsewhere, 'secret.txt', 'secret\n');
    symlinkSync(elsewhere, path);
    const input = { task_id, phase: 'x', working_directory: path };
    expect(await agent.call('create_checkpoint', input)).toMatch(/lies elsewhere/);
    expect(await agent.call('cleanup_worktrees', { task_id })).toMatch(/lies elsewhere/);
    await agent.get('cleanup_worktrees', { task_id, discard: true });
    expect(readFileSync(join(elsewhere, 'secret.txt'), 'utf8')).toBe('secret\n');
    expect(existsSync(path)).toBe(false);
  });

  test('that somebody removed is made again, or forgotten', async () => {
    const repository = scene.makeRepository('removed');
    const task_id = await startTask(repository);
    const made = await agent.get('create_worktree', { task_id, name: 'w' });
    const path = String(made['worktree_path']);
    rmSync(path, { recursive: true });
    expect(await agent.get('create_worktree', { task_id, name: 'w' })).toEqual(made);
    expect(git(path, 'status', '--porcelain')).toBe('');
    rmSync(path, { recursive: true });
    expect(await agent.get('cleanup_worktrees', { task_id })).toEqual({ removed: ['w'], kept_branches: [] });
    expect(git(repository, 'worktree', 'list').split('\n')).toHaveLength(1);
  });
});

describe('a repository that is gone', () => {
  test('does not hide the state of its task', async () => {
    const repository = scene.makeRepository('gone');
    const task_id = await startTask(repository);
    rmSync(repository, { recursive: true });
    expect(await agent.get('get_task_state', { task_id })).toMatchObject({
      status: 'active',
      current_phase: null,
    });
    expect(await agent.call('create_worktree', { task_id, name: 'w' })).toMatch(/is not there/);
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
