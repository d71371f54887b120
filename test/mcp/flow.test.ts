import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Agent, git, type McpScene, SPEC, startMcpScene, write } from './mcp-scene.ts';

let scene: McpScene;

beforeAll(async () => {
  scene = await startMcpScene();
});

afterAll(() => scene.close());

describe.each(['http', 'stdio'])('the flow of an orchestrator over %s', (transport) => {
  let agent: Agent;
  let repository = '';
  let taskId = '';

  beforeAll(async () => {
    agent = transport === 'http' ? await scene.connect() : await scene.connectStdio();
    repository = scene.makeRepository(`flow-${transport}`, { '.spec/SPEC.md': SPEC, '.gitignore': 'out/\n' });
  });

  test('the client finds eleven tools that say what they do', async () => {
    const { tools } = await agent.client.listTools();
    expect(tools.map(({ name }) => name).toSorted()).toEqual([
      'cleanup_worktrees',
      'complete_task',
      'create_checkpoint',
      'create_worktree',
      'get_plan',
      'get_task_state',
      'list_checkpoints',
      'list_worktrees',
      'mark_phase_complete',
      'rollback_to_checkpoint',
      'start_task',
    ]);
    expect(tools.every(({ description = '' }) => /^[A-Z].*\.$/s.test(description))).toBe(true);
  });

  test('a task is started once, however often it is asked for', async () => {
    const input = { description: 'Build words and numbers', working_directory: repository };
    const first = await agent.get('start_task', input);
    const again = await agent.get('start_task', input);
    expect(first).toEqual({ task_id: again['task_id'], status: 'active', working_directory: repository });
    taskId = String(first['task_id']);
    expect(await agent.get('get_task_state', { task_id: taskId })).toMatchObject({
      phases_complete: [],
      current_phase: 'Phase 1: Words',
    });
  });

  test('the plan has its phases, and its faults have their lines', async () => {
    const plan = await agent.get('get_plan', { task_id: taskId });
    expect(plan).toMatchObject({
      path: '.spec/SPEC.md',
      faults: [],
      phases: [
        { phase: 'Phase 1: Words', modules: ['words'], testCommand: 'test -f words.txt' },
        { phase: 'Phase 2: Numbers', modules: ['numbers'] },
      ],
    });
    write(repository, '.spec/SPEC.md', SPEC.replace('Modules: words\n', ''));
    const faulty = await agent.get('get_plan', { task_id: taskId });
    expect(faulty['phases']).toEqual([]);
    expect(faulty['faults']).toMatchObject([{ line: 5, remedy: expect.any(String) }]);
    write(repository, '.spec/SPEC.md', SPEC);
  });

  test('a phase is built in a worktree, sealed, merged and marked', async () => {
    const made = await agent.get('create_worktree', { task_id: taskId, name: 'words', base_dir: repository });
    expect(await agent.get('create_worktree', { task_id: taskId, name: 'words' })).toEqual(made);
    const path = String(made['worktree_path']);
    expect(readFileSync(join(path, 'README.md'), 'utf8')).toBe('# Example\n');
    expect(git(path, 'status', '--porcelain')).toBe('');
    expect(git(path, 'branch', '--show-current')).toBe(`baton/${taskId}/words`);

    write(path, 'words.txt', 'one\n');
    write(path, 'out/junk.txt', 'junk\n');
    const input = { task_id: taskId, phase: 'Phase 1: Words', working_directory: path };
    const checkpoint = await agent.get('create_checkpoint', input);
    expect(checkpoint).toMatchObject({
      id: 'cp-1',
      message: 'Checkpoint: Phase 1: Words',
      worktree: 'words',
    });
    expect(await agent.get('create_checkpoint', input)).toEqual(checkpoint);
    expect(git(path, 'status', '--porcelain')).toBe('');
    expect(git(path, 'show', '--format=%B', '--name-only', String(checkpoint['sha']))).toBe(
      `Checkpoint: Phase 1: Words\n\nBaton-Task: ${taskId}\nBaton-Phase: Phase 1: Words\n\n\nwords.txt`,
    );

    git(repository, 'merge', '--quiet', `baton/${taskId}/words`);
    const mark = { task_id: taskId, phase: 'Phase 1: Words', checkpoint_id: 'cp-1' };
    const marked = await agent.get('mark_phase_complete', mark);
    expect(await agent.get('mark_phase_complete', mark)).toEqual(marked);
    expect(await agent.get('get_task_state', { task_id: taskId })).toMatchObject({
      phases_complete: ['Phase 1: Words'],
      current_phase: 'Phase 2: Numbers',
    });
  });

  test('a rollback takes back commits and new files, and says no before it loses any', async () => {
    const input = { task_id: taskId, phase: 'Phase 2: Numbers', working_directory: repository };
    const good = await agent.get('create_checkpoint', input);
    write(repository, 'numbers.txt', 'wrong\n');
    const bad = await agent.get('create_checkpoint', input);
    write(repository, 'new.txt', 'not committed\n');
    const back = { task_id: taskId, checkpoint_id: good['id'] };
    expect(await agent.call('rollback_to_checkpoint', back)).toMatch(/not committed.*discard: true/s);
    expect(existsSync(join(repository, 'numbers.txt'))).toBe(true);

    await agent.get('rollback_to_checkpoint', { ...back, discard: true });
    expect(git(repository, 'rev-parse', 'main')).toBe(good['sha']);
    expect(git(repository, 'status', '--porcelain')).toBe('');
    expect(existsSync(join(repository, 'numbers.txt'))).toBe(false);
    expect(existsSync(join(repository, 'new.txt'))).toBe(false);

    await agent.get('rollback_to_checkpoint', { task_id: taskId, checkpoint_id: bad['id'] });
    expect(readFileSync(join(repository, 'numbers.txt'), 'utf8')).toBe('wrong\n');
  });

  test('worktrees are removed with what is merged, and nothing else', async () => {
    const made = await agent.get('create_worktree', { task_id: taskId, name: 'numbers' });
    const path = String(made['worktree_path']);
    write(path, 'numbers.txt', '1\n');
    expect(await agent.call('cleanup_worktrees', { task_id: taskId })).toMatch(/not committed/);
    await agent.get('create_checkpoint', {
      task_id: taskId,
      phase: 'Phase 2: Numbers',
      working_directory: path,
    });
    expect(await agent.call('complete_task', { task_id: taskId })).toMatch(/still has worktrees/);
    expect(await agent.get('cleanup_worktrees', { task_id: taskId })).toEqual({
      removed: ['numbers', 'words'],
      kept_branches: [`baton/${taskId}/numbers`],
    });
    expect(existsSync(path)).toBe(false);
    expect(git(repository, 'worktree', 'list')).not.toContain(taskId);
    expect(git(repository, 'branch', '--list', 'baton/*', '--format=%(refname:short)')).toBe(
      `baton/${taskId}/numbers`,
    );
    const again = await agent.get('create_worktree', { task_id: taskId, name: 'numbers' });
    expect(readFileSync(join(String(again['worktree_path']), 'numbers.txt'), 'utf8')).toBe('1\n');
    await agent.get('cleanup_worktrees', { task_id: taskId });
  });

  test('a completed task has its last commit and is changed no more', async () => {
    write(repository, 'last.txt', 'last\n');
    const done = await agent.get('complete_task', { task_id: taskId, commit_changes: true });
    expect(done).toEqual({
      task_id: taskId,
      status: 'completed',
      commit: git(repository, 'rev-parse', 'HEAD'),
    });
    expect(await agent.get('complete_task', { task_id: taskId })).toEqual(done);
    expect(git(repository, 'log', '-1', '--format=%s')).toBe('Build words and numbers');
    expect(git(repository, 'for-each-ref', 'refs/baton/')).toBe('');
    expect(await agent.call('create_worktree', { task_id: taskId, name: 'more' })).toMatch(/completed/);
    expect(await agent.get('list_worktrees', { task_id: taskId })).toEqual({ worktrees: [] });
  });
});
