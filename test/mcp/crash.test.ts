import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTasks } from '../../src/store/open-tasks.ts';
import { type Agent, git, type McpScene, startMcpScene, write } from './mcp-scene.ts';

const MANY = 600;

/** So many that writing them takes a while. */
const FILES = Object.fromEntries(Array.from({ length: MANY }, (_, at) => [`many/${at}.txt`, `${at}\n`]));

let scene: McpScene;
let witness: Agent;

beforeAll(async () => {
  scene = await startMcpScene();
  witness = await scene.connect();
});

afterAll(() => scene.close());

/** Makes a call in a process of its own, and kills that when something is seen. Then repeats it in another. */
async function killAt(
  seen: () => boolean,
  tool: string,
  input: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
  const victim = await scene.connectStdio();
  const state = { answered: false };
  const call = victim.call(tool, input).then(
    () => {
      state.answered = true;
    },
    () => undefined,
  );
  while (!state.answered && !seen()) {
    await turn();
  }
  process.kill(victim.pid, 'SIGKILL');
  await call;
  return witness.get(tool, input);
}

async function start(name: string) {
  const repository = scene.makeRepository(name, FILES);
  const started = await witness.get('start_task', { description: name, working_directory: repository });
  return { repository, task_id: String(started['task_id']) };
}

function refs(repository: string): string {
  return git(repository, 'for-each-ref', '--format=%(refname) %(objectname)');
}

function privateDirectories(): number {
  const processes = join(scene.home, 'mcp/processes');
  return readdirSync(processes).reduce((sum, name) => sum + countIn(join(processes, name, 'indexes')), 0);
}

/** None in a directory that is not there, or is removed just now by another process. */
function countIn(directory: string): number {
  try {
    return readdirSync(directory).length;
  } catch {
    return 0;
  }
}

describe('kill -9', () => {
  test.each(['branch', 'directory', 'first file'])(
    'in create_worktree, when the %s is there: the repetition finishes it',
    async (moment) => {
      const { repository, task_id } = await start(`worktree-${moment.replaceAll(' ', '-')}`);
      const path = join(scene.home, 'mcp/worktrees', `${task_id}-w`);
      const moments: Readonly<Record<string, string>> = {
        branch: join(repository, '.git/refs/heads/baton', task_id, 'w'),
        directory: path,
        'first file': join(path, 'README.md'),
      };
      const made = await killAt(() => existsSync(moments[moment] ?? ''), 'create_worktree', {
        task_id,
        name: 'w',
      });
      expect(made).toMatchObject({ worktree_path: path, base: git(repository, 'rev-parse', 'HEAD') });
      expect(git(path, 'status', '--porcelain')).toBe('');
      expect(readdirSync(join(path, 'many'))).toHaveLength(MANY);
      expect(git(repository, 'worktree', 'list').split('\n')).toHaveLength(2);
    },
  );

  test.each(['index', 'commit'])(
    'in create_checkpoint, at its %s: the repetition gives one checkpoint',
    async (moment) => {
      const { repository, task_id } = await start(`checkpoint-${moment}`);
      for (let at = 0; at < MANY; at += 1) {
        write(repository, `more/${at}.txt`, `${at}\n`);
      }
      const before = git(repository, 'rev-parse', 'main');
      const idle = privateDirectories();
      const tip = join(repository, '.git/refs/heads/main');
      const seen = {
        index: () => privateDirectories() > idle,
        commit: () => readFileSync(tip, 'utf8').trim() !== before,
      }[moment];
      const checkpoint = await killAt(seen ?? (() => true), 'create_checkpoint', {
        task_id,
        phase: 'x',
        working_directory: repository,
      });
      expect(checkpoint).toMatchObject({ id: 'cp-1', sha: git(repository, 'rev-parse', 'main') });
      expect(git(repository, 'rev-parse', 'main^')).toBe(before);
      expect(git(repository, 'status', '--porcelain')).toBe('');
      expect(await witness.get('list_checkpoints', { task_id })).toEqual({ checkpoints: [checkpoint] });
    },
  );

  test.each(['branch', 'files'])(
    'in rollback_to_checkpoint, at its %s: nothing else is done before the repetition',
    async (moment) => {
      const { repository, task_id } = await start(`rollback-${moment}`);
      const input = { task_id, phase: 'x', working_directory: repository };
      const good = await witness.get('create_checkpoint', input);
      for (let at = 0; at < MANY; at += 1) {
        write(repository, `more/${at}.txt`, `${at}\n`);
      }
      const late = await witness.get('create_checkpoint', input);
      const tip = join(repository, '.git/refs/heads/main');
      const seen = {
        branch: () => readFileSync(tip, 'utf8').trim() === good['sha'],
        files: () => !existsSync(join(repository, 'more/0.txt')),
      }[moment];
      await killAt(seen ?? (() => true), 'rollback_to_checkpoint', { task_id, checkpoint_id: good['id'] });
      expect(git(repository, 'rev-parse', 'main')).toBe(good['sha']);
      expect(git(repository, 'status', '--porcelain')).toBe('');
      expect(existsSync(join(repository, 'more'))).toBe(false);
      expect(refs(repository)).toContain(`refs/baton/${task_id}/${String(late['sha'])}`);
      expect(await witness.get('get_task_state', { task_id })).toMatchObject({ interrupted_rollback: null });
    },
  );

  test('half-way through a rollback that then cannot go on: it stays marked until it is finished', async () => {
    const repository = scene.makeRepository('half-way');
    const started = await witness.get('start_task', { description: 'x', working_directory: repository });
    const task_id = String(started['task_id']);
    const input = { task_id, phase: 'x', working_directory: repository };
    const good = await witness.get('create_checkpoint', input);
    const log = { debug: ignore, info: ignore, warn: ignore, error: ignore };
    const tasks = await openTasks(scene.database.url, log);
    await tasks.markRollback(task_id, 'cp-1');
    await tasks.close();
    write(repository, 'half.txt', 'half of it\n');
    write(repository, '.git/index.lock', '');
    const back = { task_id, checkpoint_id: good['id'] };
    expect(await witness.call('rollback_to_checkpoint', back)).toMatch(/index\.lock/);
    rmSync(join(repository, '.git/index.lock'));
    expect(await witness.call('create_checkpoint', input)).toMatch(/rollback was interrupted.*cp-1/s);
    expect(await witness.get('get_task_state', { task_id })).toMatchObject({ interrupted_rollback: 'cp-1' });
    await witness.get('rollback_to_checkpoint', back);
    expect(existsSync(join(repository, 'half.txt'))).toBe(false);
    expect(await witness.get('create_checkpoint', input)).toEqual(good);
  });
});

function ignore(): void {}
