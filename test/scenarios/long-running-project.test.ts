import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adding, replacing } from '../support/patches.ts';
import type { Call } from '../support/recordings.ts';
import { approving, reporting, work } from './agents.ts';
import { type Scene, SMALL, setScene } from './scene.ts';
import { BUILT, MENDED, SUM, WRONG, writing, YES } from './stories/parts.ts';
import { performedIn, stepRows } from './stories/play-story.ts';
import { expectTidy } from './tidy.ts';

const NOTES = 'docs/context/sums.md';

const FIRST = 'The sum of two numbers is there, and stored.';
const SECOND = 'It is known how others round.';
const THIRD = 'The sum is rounded in the same way.';

/** The document, getting no longer: a done task is one line. */
const AT_START = '# Now\nThree tasks.\n1. open, the sum, with a long plan\n2. open\n3. open\n';
const AFTER_ONE = '# Now\nTwo tasks.\n1. done: src/sum.ts\n2. open\n3. open\n';
const AFTER_TWO = '# Now\nOne task.\n1. done: src/sum.ts\n2. done: docs/round.md\n3. open\n';
const AFTER_THREE = '# Now\nAll is done.\n1. done: src/sum.ts\n2. done: docs/round.md\n3. done\n';
const AT_END = '# Now\nDelivered: three tasks. Watch the rounding.\n';

function chosen(workflow: string, type: string): Call {
  return { report: { kind: 'triage', type, confidence: 0.9, reasons: ['it says so'], workflow, facts: {} } };
}

function checkpoint(before: string, after: string, nextTask: string, tasksLeft: number): Call {
  const facts = { nextTask, tasksLeft, tasksAreLeft: tasksLeft > 0 };
  return reporting(facts, `${tasksLeft} left.`, replacing(NOTES, before, after));
}

const CALLS = {
  'project-setup.1': reporting({ nextTask: FIRST, tasksLeft: 3 }, 'Three tasks.', adding(NOTES, AT_START)),
  'task-workflow.1': chosen('backend-feature', 'api'),
  'triage.1': reporting({ complexFeature: false }),
  'architecture.1': reporting({ dataModelChanges: true }),
  'database-design.1': work('One column.'),
  'implementation.1': BUILT,
  'review.1': WRONG,
  'implementation.2': MENDED,
  'review.2': approving,
  'checkpoint.1': checkpoint(AT_START, AFTER_ONE, SECOND, 2),
  'task-workflow.2': chosen('research', 'research'),
  'research.1': work('They round half to even.'),
  'first-design.1': work('A page about it.'),
  'design.1': reporting({ breaking: false }),
  'implementation.3': writing('docs/round.md', 'Half to even.\n'),
  'review.3': approving,
  'checkpoint.2': checkpoint(AFTER_ONE, AFTER_TWO, THIRD, 1),
  'task-workflow.3': chosen('backend-feature', 'api'),
  'triage.2': reporting({ complexFeature: false }),
  'architecture.2': reporting({ dataModelChanges: false }),
  'implementation.4': writing('src/round.ts', 'export const places = 2;\n'),
  'review.4': approving,
  'checkpoint.3': checkpoint(AFTER_TWO, AFTER_THREE, '', 0),
  'project-review.1': approving,
  'hand-off.1': work('Three tasks are done.', replacing(NOTES, AFTER_THREE, AT_END)),
};

const PERFORMED = [
  'project-setup.1 task-workflow.1',
  'triage.1 architecture.1 database-design.1 design-approval.1 implementation.1 gates.1 review.1',
  'implementation.2 gates.2 review.2 checkpoint.1 task-workflow.2',
  'design.1 implementation.3 gates.3 review.3 checkpoint.2 task-workflow.3',
  'triage.2 architecture.2 design-approval.2 implementation.4 gates.4 review.4',
  'checkpoint.3 hand-off.1 project-gates.1 project-review.1 pull-request.1',
];

let scene: Scene;
beforeAll(async () => {
  scene = await setScene([SMALL, SMALL]);
});
afterAll(() => scene.stop());

describe('scenarios/long-running-project', () => {
  it('does three tasks by two workflows, and proposes all of it as one', async () => {
    await scene.play(CALLS);
    const ticket = await scene.open();
    await ticket.label('will', 'baton:long-running-project');
    for (const attempt of [1, 2]) {
      await ticket.run({ state: 'held', step: 'design-approval', attempt });
      await ticket.comment('wilma', YES);
    }
    await ticket.run({ state: 'succeeded' });

    const performed = await performedIn(scene, ticket);
    const names = performed.map(({ step, attempt }) => `${step}.${attempt}`);
    const sideBySide = ['research.1', 'first-design.1'];
    expect(names.filter((name) => !sideBySide.includes(name)).join(' ')).toBe(PERFORMED.join(' '));
    expect(names).toEqual(expect.arrayContaining(sideBySide));

    // The steps of the last task, as its first try at each of them, and none of an earlier one.
    expect(await stepRows(ticket)).toEqual([
      'Set-up of the project: ✅ done',
      'Workflow of the task: ✅ done, attempt 3',
      'Triage: ✅ done',
      'Architecture: ✅ done',
      'Database design: ➖ not needed (dataModelChanges is false)',
      'Approval of the design: ✅ done',
      'Implementation: ✅ done',
      'Context document: ➖ not needed (complexFeature is false)',
      'Gates: ✅ done',
      'Review: ✅ done',
      'Checkpoint: ✅ done, attempt 3',
      'Hand-off: ✅ done',
      'Gates on the whole: ✅ done',
      'Review of the whole: ✅ done',
      'Pull request: ✅ done',
    ]);
    const [progress = ''] = await ticket.progress();
    expect(progress).toContain(`| 2. ${SECOND} | \`research\` | ✅ done |`);
    expect(progress).toContain('Workflow `long-running-project`, asked for by name');
    expect((await ticket.labels()).filter((name) => name.startsWith('type:'))).toEqual([]);

    const pulls = await ticket.pulls();
    const [pull] = pulls;
    const { rest } = scene.stage.as('boss');
    const { data: files } = await rest.pulls.listFiles({ ...ticket.place, pull_number: pull?.number ?? 0 });
    expect(pulls).toHaveLength(1);
    expect(files.map(({ filename }) => filename)).toEqual([NOTES, 'docs/round.md', 'src/round.ts', SUM]);
    expect(files.find(({ filename }) => filename === NOTES)?.patch).toContain('Watch the rounding.');
    const body = pull?.body ?? '';
    for (const [index, task] of [FIRST, SECOND, THIRD].entries()) {
      expect(body).toContain(`### Task ${index + 1}: ${task}`);
    }
    expect(body).toMatch(/- Review \(`[0-9a-f]{7}`\): Good\./);
    expect(body).toContain('- Review, attempt 1 for task 1: 1 finding');
    expect(body).toContain('| context-document | ✅ passed |');
    expect(body).toContain('## Review\n\nReview of the whole: Good.');
    expect(body).toContain('- Hand-off: Three tasks are done.');
  });

  it('refuses a workflow that chooses in its turn, with words', async () => {
    await scene.play({ ...CALLS, ...again('task-workflow', chosen('long-running-project', 'api')) });
    const ticket = await scene.open();
    await ticket.label('will', 'baton:long-running-project');
    await ticket.run({ state: 'held', step: 'task-workflow' });
    const [progress = ''] = await ticket.progress();
    expect(progress).toMatch(/named the workflow long-running-project, which is none of backend-feature, /);
    expect(progress).not.toMatch(/which is none of .*\b(?:triage|review)\b/);
    await ticket.comment('will', '/baton cancel');
    await ticket.run({ state: 'cancelled' });
  });

  it('leaves every issue tidy', async () => {
    await expectTidy(scene);
  });
});

function again(step: string, call: Call): Record<string, Call> {
  return Object.fromEntries([1, 2, 3].map((attempt) => [`${step}.${attempt}`, call]));
}
