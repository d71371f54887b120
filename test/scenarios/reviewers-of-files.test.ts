import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { approving, rejecting } from './agents.ts';
import { type Scene, SMALL, setScene } from './scene.ts';
import { BUILT, MENDED } from './stories/parts.ts';
import { expectTidy } from './tidy.ts';

/** Migrations, documents and all the rest: three reviewers, of whom one looks at everything. */
const WORKFLOW = `
name: shared-review
description: Builds something, and has each part looked at by who knows it.
steps:
  - { id: build, kind: agent, with: { role: implementer, access: write } }
  - { id: judge, kind: gates, onReject: build, with: { gates: [{ gate: secrets }] } }
  - id: look
    kind: parallel
    onReject: build
    with:
      steps:
        - { id: data, kind: review, with: { role: database-optimization, files: ['migrations/**'] } }
        - { id: sums, kind: review, with: { role: backend-architect, files: ['src/**'] } }
        - { id: all, kind: review, with: { role: code-reviewer } }
  - { id: propose, kind: pull-request }
`;

let scene: Scene;
beforeAll(async () => {
  scene = await setScene([{ ...SMALL, '.github/baton/workflows/shared-review.yaml': WORKFLOW }]);
});
afterAll(() => scene.stop());

describe('scenarios/reviewers-of-files', () => {
  it('asks those whose files changed, and needs the yes of each', async () => {
    // There is no answer for the reviewer of migrations: it is not asked.
    await scene.play({
      'build.1': BUILT,
      'sums.1': rejecting('The sum is 3.'),
      'all.1': approving,
      'build.2': MENDED,
      'sums.2': approving,
      'all.2': approving,
    });
    const ticket = await scene.open();
    await ticket.label('will', 'baton:shared-review');
    await ticket.run({ state: 'succeeded' });
    const [pull] = await ticket.pulls();
    expect(pull?.body).toContain('look: data: no file of it changed: migrations/** sums: Good. all: Good.');
    expect(pull?.body).toContain('- look, attempt 1: 1 finding');
    await expectTidy(scene);
  });
});
