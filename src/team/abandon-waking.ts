import { toFollowedPressures } from '../domain/team/pressure.ts';
import type { Waking } from '../domain/team/waking.ts';
import type { Durable } from '../ports/durable.ts';
import { endWaking } from './end-waking.ts';
import { insist } from './insist.ts';
import type { TeamDesk } from './team-desk.ts';

/**
 * Ends a waking that cannot go on, so that its member wakes at its next time: one left at work would keep it asleep for
 * ever. What it had taken goes back into the queue; what it has done has keys, and is not done again. What the wakings
 * before it have met stays known. Of one that cannot be read the id is enough.
 */
export async function abandonWaking(
  waking: Waking | string,
  why: string,
  { durable, desk }: { readonly durable: Pick<Durable, 'step' | 'sleep'>; readonly desk: TeamDesk },
): Promise<void> {
  const note = { state: 'ended', crashes: 0, note: `It could not go on: ${why}` } as const;
  async function end(): Promise<null> {
    if (typeof waking === 'string') {
      await desk.records.note(waking, note);
      await desk.messages.putBack(waking);
      return null;
    }
    const begun = await desk.records.begin(waking, desk.process);
    if (begun.kind === 'began') {
      const pressures = toFollowedPressures(waking);
      await endWaking(waking, { note: { ...note, pressures }, atMs: begun.atMs }, desk);
      await desk.messages.putBack(waking.id);
    }
    return null;
  }
  await insist({ name: 'abandon', work: end }, { durable, log: desk.log });
}
