import { describe, expect, it } from 'vitest';
import { heading } from '../../src/presentation/heading.ts';
import { pullRequest } from '../../src/presentation/pull-request.ts';
import { reviewChecks } from '../../src/presentation/review-checks.ts';
import { rounds } from '../../src/presentation/rounds.ts';
import { stepState } from '../../src/presentation/step-state.ts';
import { stepTitle } from '../../src/presentation/step-title.ts';
import { stepsTable } from '../../src/presentation/steps-table.ts';
import { tasksTable } from '../../src/presentation/tasks.ts';
import { atSecondChoice, begin, CHORE, choose, FEATURE, inSecondTask, pass } from '../support/leg-runs.ts';
import { sha } from '../support/orders.ts';

describe('src/presentation/tasks', () => {
  it('lists the tasks so far, and nothing for a run that does its issue as a whole', () => {
    expect(tasksTable(inSecondTask(CHORE)).split('\n').slice(2)).toEqual([
      '| 1. the first | `feature` | ✅ done |',
      '| 2. the second | `chore` | ⏳ under way |',
    ]);
    expect(tasksTable(begin())).toBe('');
    expect(tasksTable(choose(pass(begin()), CHORE))).toBe('');
  });

  it('tells of steps that the run has no more', () => {
    const run = inSecondTask(CHORE);
    expect(stepTitle(run, 'build')).toBe('Building');
    expect(rounds(run)).toContain('- look, attempt 1 for task 1: No.');
    expect(reviewChecks(run)).toMatchObject([
      { name: 'baton / review', sha: sha('b'), conclusion: 'failure' },
      { name: 'baton / review', sha: sha('c'), conclusion: 'success' },
    ]);
  });

  it('counts the tries at a step of the same name from one in each task', () => {
    const run = inSecondTask();
    expect(heading(run)).toBe('⏳ Baton is working: Building');
    expect(stepsTable(run)).toContain('| Building |  | ⏳ running |');
    expect(stepsTable(pass(run))).toContain('| Building |  | ✅ done | build is done |');
  });

  it('does not show what was chosen before as still to come', () => {
    const run = atSecondChoice();
    expect(stepState(run, 'build')).toBe('done');
    expect(stepState(run, 'checkpoint')).toBe('again');
  });

  it('says in the pull request what each task came to', () => {
    const surface = pullRequest(inSecondTask());
    const body = surface.kind === 'pull-request' ? surface.body : '';
    expect(body).toContain(
      '### Task 1: the first\n\n✅ done by `feature`.\n\n- Building (`ccccccc`): build is done\n',
    );
    expect(body).toContain('### Task 2: the second\n\n⏳ under way by `feature`.');
  });

  it('names all tasks, however much there is to tell of them', () => {
    let run = atSecondChoice();
    for (let task = 2; task <= 3; task += 1) {
      const details = 'long '.repeat(20_000);
      const begun = choose(run, FEATURE, `task ${task}`);
      run = pass(pass(pass(begun, {}, { details, checkpoint: sha('d') })), { left: true });
    }
    const surface = pullRequest(run);
    const body = surface.kind === 'pull-request' ? surface.body : '';
    expect(body).toContain('### Task 3: task 3');
    expect(body).toContain('Task 3 in full');
    expect(Buffer.byteLength(body)).toBeLessThan(60_001);
  });
});
