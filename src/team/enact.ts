import type { Intent } from '../domain/intent.ts';
import { broadcast } from '../domain/team/broadcast.ts';
import type { Deed } from '../domain/team/deed.ts';
import type { LetterInput } from '../domain/team/message.ts';
import { RefusedError } from '../ports/effects.ts';
import type { Acting } from './acting.ts';
import { startRun } from './start-run.ts';
import { toOwnIntent } from './to-own-intent.ts';

/** What became of a member's deeds. `full`: others have to take their messages first. */
export interface Enacted {
  readonly done: number;
  readonly full: number;
}

/** Does what a member has decided, in order. Safe to repeat: every deed has a key. */
export async function enact(deeds: readonly Deed[], acting: Acting): Promise<Enacted> {
  let full = 0;
  for (const deed of deeds) {
    const outcome = await enactOne(deed, acting);
    full += outcome === 'full' ? 1 : 0;
  }
  return { done: deeds.length - full, full };
}

async function enactOne(deed: Deed, acting: Acting): Promise<'done' | 'full'> {
  switch (deed.kind) {
    case 'start':
      await startSome(deed, acting);
      return 'done';
    case 'approve':
      await acting.desk.handle(toApproval(deed, acting));
      return 'done';
    case 'note':
      await writeNote(deed, acting);
      return 'done';
    case 'tell':
      return await tell(deed, acting);
  }
}

async function startSome(
  { places, starts }: Extract<Deed, { kind: 'start' }>,
  acting: Acting,
): Promise<void> {
  let left = places;
  for (const start of starts) {
    if (left <= 0) {
      return;
    }
    left -= (await startRun(start, acting)) === 'started' ? 1 : 0;
  }
}

async function tell(
  deed: Extract<Deed, { kind: 'tell' }>,
  { member, sight, desk }: Acting,
): Promise<'done' | 'full'> {
  const { to, key, type, content, priority } = deed;
  const letter = { key, repositoryId: sight.repository.id, sender: member, type, content, priority };
  const letters: readonly LetterInput[] =
    to === 'all' ? broadcast(letter, sight.members) : [{ ...letter, recipient: to }];
  // Whoever does not work here takes nothing.
  const wanted = letters.filter(({ recipient }) => sight.members.includes(recipient));
  const sent = await desk.messages.send(wanted);
  return sent.includes('full') ? 'full' : 'done';
}

/** A locked issue takes no comment; the work goes on. */
async function writeNote(
  deed: Extract<Deed, { kind: 'note' }>,
  { member, sight, desk }: Acting,
): Promise<void> {
  const subject = { repository: sight.repository, number: deed.number };
  try {
    await desk.codeHost.ensure(
      subject,
      `team:${sight.repository.id}:${member}`,
      desk.show(`${member}:${deed.key}`, deed.note),
    );
  } catch (error) {
    if (!(error instanceof RefusedError)) {
      throw error;
    }
    desk.log.warn({ error, member, number: deed.number }, 'a note of the team was refused');
  }
}

function toApproval({ key, number, digest }: Extract<Deed, { kind: 'approve' }>, acting: Acting): Intent {
  return { ...toOwnIntent({ key, number }, acting), ask: { kind: 'approve', digest } };
}
