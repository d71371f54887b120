import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adding, replacing } from '../support/patches.ts';
import { work } from './agents.ts';
import { type Scene, SMALL, setScene } from './scene.ts';

/** The pull request is open before the work is done. */
const WORKFLOW = `
name: in-the-open
description: Proposes a beginning, and goes on where everybody can see it.
steps:
  - { id: begin, kind: agent, with: { role: implementer, access: write } }
  - { id: propose, kind: pull-request }
  - { id: complete, kind: agent, with: { role: implementer, access: write } }
  - { id: settle, kind: approval, with: { show: complete, question: Is it complete? } }
`;

const BEGUN = 'export const sum = 2;\n';

let scene: Scene;
beforeAll(async () => {
  scene = await setScene([{ ...SMALL, '.github/baton/workflows/in-the-open.yaml': WORKFLOW }]);
});
afterAll(() => scene.stop());

describe('scenarios/rollback-of-a-proposal', () => {
  it('keeps the pull request that is open, and shows it what is there again', async () => {
    await scene.play({
      'begin.1': work('A beginning.', adding('src/sum.ts', BEGUN)),
      'complete.1': work('Too much.', replacing('src/sum.ts', BEGUN, 'export const sum = 3;\n')),
      'complete.2': work('Just enough.', replacing('src/sum.ts', BEGUN, 'export const sum = 4;\n')),
    });
    const ticket = await scene.open();
    await ticket.label('will', 'baton:in-the-open');
    await ticket.run({ state: 'held', step: 'settle' });
    const [before] = await ticket.pulls();
    await ticket.comment('will', '/baton rollback propose Less of it.');
    await ticket.run({ decision: 'return', step: 'complete', attempt: 2 });
    await ticket.run({ state: 'held', step: 'settle', attempt: 2 });
    const [after, ...others] = await ticket.pulls();
    expect(others).toEqual([]);
    expect(after).toMatchObject({ number: before?.number, state: 'open' });
    expect(after?.head.sha).not.toBe(before?.head.sha);
    expect(after?.body).toContain('Just enough.');
    expect(after?.body).not.toContain('Too much.');
    await ticket.comment('will', '/baton approve');
    await ticket.run({ state: 'succeeded' });
    expect((await ticket.pulls()).map(({ state }) => state)).toEqual(['open']);
  });
});
