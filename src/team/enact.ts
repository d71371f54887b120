import type { Intent } from '../domain/intent.ts';
import { broadcast } from '../domain/team/broadcast.ts';
import type { Deed } from '../domain/team/deed.ts';
import type { LetterInput } from '../domain/team/message.ts';
import type { Pressure } from '../domain/team/pressure.ts';
import { RefusedError } from '../ports/effects.ts';
import type { Acting } from './acting.ts';
import { isToStart, startRun } from './start-run.ts';
import { toOwnIntent } from './to-own-intent.ts';

/** What became of a member's deeds. */
export interface Enacted {
  /** Runs that were started, messages that were sent, approvals, and notes that were kept up to date. */
  readonly done: number;
  /** What kept it from the others, or from a part of one. */
  readonly pressures: readonly Pressure[];
}

/** Does what a member has decided, in order. Safe to repeat: every deed has a key. */
export async function enact(deeds: readonly Deed[], acting: Acting): Promise<Enacted> {
  const all: Enacted[] = [];
  for (const deed of deeds) {
    all.push(await enactOne(deed, acting));
  }
  const done = all.reduce((sum, one) => sum + one.done, 0);
  return { done, pressures: all.flatMap(({ pressures }) => pressures) };
}

/** One deed that nothing can keep from. */
const DONE: Enacted = { done: 1, pressures: [] };

async function enactOne(deed: Deed, acting: Acting): Promise<Enacted> {
  switch (deed.kind) {
    case 'start':
      return await startSome(deed, acting);
    case 'approve':
      await acting.desk.handle(toApproval(deed, acting));
      acting.tell({ type: 'message_sent', to: 'orchestrator', task: 'approve', about: deed.key });
      return DONE;
    case 'note':
      await writeNote(deed, acting);
      return DONE;
    case 'tell':
      return await tell(deed, acting);
  }
}

async function startSome(
  { places, most, starts }: Extract<Deed, { kind: 'start' }>,
  acting: Acting,
): Promise<Enacted> {
  let done = 0;
  for (const start of starts) {
    if (done < places) {
      done += (await startRun(start, acting)) === 'started' ? 1 : 0;
    } else if (await isToStart(start, acting)) {
      return { done, pressures: [{ kind: 'places', most }] };
    }
  }
  return { done, pressures: [] };
}

async function tell(
  deed: Extract<Deed, { kind: 'tell' }>,
  { member, sight, desk, tell: say }: Acting,
): Promise<Enacted> {
  const { to, key, type, content, priority } = deed;
  const letter = { key, repositoryId: sight.repository.id, sender: member, type, content, priority };
  const letters: readonly LetterInput[] =
    to === 'all' ? broadcast(letter, sight.members) : [{ ...letter, recipient: to }];
  // Whoever does not work here takes nothing.
  const wanted = letters.filter(({ recipient }) => sight.members.includes(recipient));
  const sent = await desk.messages.send(wanted);
  const news = wanted.filter((_, index) => sent[index] === 'sent');
  news.forEach((one) => say({ type: 'message_sent', to: one.recipient, task: type, about: one.key }));
  return { done: news.length, pressures: sent.includes('full') ? [{ kind: 'queue' }] : [] };
}

/** A locked issue takes no comment; the work goes on. */
async function writeNote(
  deed: Extract<Deed, { kind: 'note' }>,
  { member, sight, desk, tell: say }: Acting,
): Promise<void> {
  const subject = { repository: sight.repository, number: deed.number };
  try {
    await desk.codeHost.ensure(
      subject,
      `team:${sight.repository.id}:${member}`,
      desk.show(`${member}:${deed.key}`, deed.note),
    );
    const { owner, name } = sight.repository;
    say({ type: 'file_modified', path: `${owner}/${name}#${deed.number} ${deed.key}` });
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
