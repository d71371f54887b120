import type { Intent } from '../domain/intent.ts';
import type { Start } from '../domain/team/deed.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { Acting } from './acting.ts';
import { toOwnIntent } from './to-own-intent.ts';

/** Has the run started by the same way as a person's wish, so that every check holds for it too. */
export async function startRun(deed: Start, acting: Acting): Promise<'started' | 'not started'> {
  const { member, sight, desk } = acting;
  const intent = await toIntent(deed, acting);
  if (intent === null) {
    return 'not started';
  }
  const runId = desk.runIdOf(intent);
  if (await desk.hasRun(runId)) {
    return 'not started';
  }
  const repositoryId = sight.repository.id;
  const holder = await desk.records.claim({ repositoryId, number: deed.number, member, runId });
  if (holder !== null) {
    desk.log.info({ member, holder, number: deed.number }, 'another member has this issue');
    return 'not started';
  }
  await desk.handle(intent);
  if (await desk.hasRun(runId)) {
    desk.log.info({ member, number: deed.number, runId }, 'a member of the team started a run');
    acting.tell({ type: 'message_sent', to: 'orchestrator', task: 'start', about: runId });
    return 'started';
  }
  await desk.records.passOver(repositoryId, deed.number);
  desk.log.info(
    { member, number: deed.number },
    'nothing was started; somebody has to change the issue first',
  );
  return 'not started';
}

/** Whether there is something to start: it may be started, and was not. */
export async function isToStart(deed: Start, acting: Acting): Promise<boolean> {
  const intent = await toIntent(deed, acting);
  return intent !== null && !(await acting.desk.hasRun(acting.desk.runIdOf(intent)));
}

/** The architect's words are a model's, as little trusted as the issue's own. */
function withSpec(ticket: Ticket, spec: string): Ticket {
  return { ...ticket, body: `${ticket.body}\n\n## Specification, written ahead by the architect\n\n${spec}` };
}

/** In the name of whoever put the label on: an issue template can do that for anybody. Null when it is gone. */
async function toIntent({ label, workflow, spec, ...deed }: Start, acting: Acting): Promise<Intent | null> {
  const asked = toOwnIntent(deed, acting);
  const ticket = spec === undefined ? asked.ticket : withSpec(asked.ticket, spec);
  const own: Intent = { ...asked, ticket, ask: { kind: 'start', workflow } };
  if (label === undefined) {
    return own;
  }
  const { repository } = acting.sight;
  const labelling = await acting.desk.sight.labelling(repository, deed.number, label);
  if (labelling === null) {
    return null;
  }
  const { eventId, actor, at, byProgram } = labelling;
  return {
    ...own,
    key: `${own.key}:${eventId}`,
    actor,
    requires: 'write',
    source: { kind: 'label', label, ...(byProgram ? { byProgram } : {}) },
    at,
  };
}
