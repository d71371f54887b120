import type { Durable } from '../ports/durable.ts';
import type { Engine } from '../ports/engine.ts';
import type { KeptWaking } from '../ports/team-records.ts';
import { abandonWaking } from './abandon-waking.ts';
import type { TeamDesk } from './team-desk.ts';

interface Way {
  readonly engine: Pick<Engine, 'gone'>;
  readonly durable: Pick<Durable, 'step' | 'sleep'>;
}

/**
 * Ends the wakings that look at work and go on no more: their workflow has ended, or is forgotten, by a fault of this
 * version or of one before it. Their member would never wake again.
 */
export async function endDeadWakings(desk: TeamDesk, { engine, durable }: Way): Promise<void> {
  const atWork = await listAtWork(desk);
  const gone = new Set(atWork.length === 0 ? [] : await engine.gone(atWork.map(({ id }) => id)));
  // A waking's end is kept before its workflow ends, and that may have been a moment ago: so it is looked again.
  const dead = gone.size === 0 ? [] : (await listAtWork(desk)).filter(({ id }) => gone.has(id));
  for (const waking of dead) {
    desk.log.error({ waking: waking.id }, 'a waking looks at work, but nothing goes on with it; it is ended');
    await abandonWaking(waking, 'nothing went on with it any more when the server looked', { durable, desk });
  }
}

async function listAtWork({ records }: TeamDesk): Promise<readonly KeptWaking[]> {
  return (await records.wakings()).filter(({ endedMs }) => endedMs === null);
}
