import { expect } from 'vitest';
import type { Scene } from './scene.ts';

const HELD = /### (?:✋|⏸️)/u;
const ENDED = /### (?:✅|❌|⏹️)/u;

/**
 * What must be true of every issue at any time when nothing is going on: one progress comment per run, the waiting
 * label exactly while a run waits, and no check run in progress.
 */
export async function expectTidy(scene: Scene): Promise<void> {
  await scene.handled();
  const { simulator } = scene.stage;
  for (const ticket of scene.tickets) {
    const progress = await ticket.progress();
    const ids = progress.map((text) => /\nRun `(run-[0-9a-f]+)`/.exec(text)?.[1]);
    expect(new Set(ids).size, `${ticket.subject}: one progress comment per run`).toBe(ids.length);
    const waits = progress.some((text) => HELD.test(text.split('\n')[1] ?? ''));
    expect((await ticket.labels()).includes('baton: waiting'), `${ticket.subject}: waiting label`).toBe(
      waits,
    );
    for (const text of progress) {
      expect(HELD.test(text) || ENDED.test(text), `${ticket.subject}: at rest\n${text.slice(0, 300)}`).toBe(
        true,
      );
    }
  }
  const made = simulator.ledger().filter(({ kind }) => kind.startsWith('checks/'));
  expect(made.map(({ body }) => body)).not.toContainEqual(expect.objectContaining({ status: 'in_progress' }));
  expect(made.map(({ body }) => body)).not.toContainEqual(expect.objectContaining({ status: 'queued' }));
}
