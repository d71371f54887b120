import type { Answer } from '../domain/answer.ts';
import { debtsSoFar } from '../domain/debts-so-far.ts';
import type { Hold } from '../domain/hold.ts';
import { type Ask, type Intent, pageOf } from '../domain/intent.ts';
import { allows, type Permission } from '../domain/permission.ts';
import { isBegun, isEnded, type Run } from '../domain/run.ts';
import { atPage, toSubjectKey } from '../domain/subject.ts';
import type { SurfaceInput } from '../domain/surface.ts';
import { ensureSurfaces } from './ensure-surfaces.ts';
import { findOpenRuns, findUnreadableRuns } from './find-open-runs.ts';
import { type ConfigurationDesk, showConfiguration } from './show-configuration.ts';
import { type NoticeDesk, showForkNotice } from './show-fork-notice.ts';
import { startAsked } from './start-asked.ts';
import type { Starting } from './start-run.ts';
import { steerRuns } from './steer-runs.ts';
import { isSteering, type Steering } from './steering.ts';

/** What handling an intent needs of the rest. */
export interface IntentDesk extends Starting, Steering, NoticeDesk, ConfigurationDesk {
  /** What is shown as soon as an intent is seen. */
  readonly acknowledge: (intent: Intent) => readonly SurfaceInput[];
  readonly answer: (intent: Intent, answer: Answer) => readonly SurfaceInput[];
}

/** Checks who asks, by live permission, and does what is asked. Safe to repeat with the same intent. */
export async function handleIntent(intent: Intent, desk: IntentDesk): Promise<void> {
  const checked = await checkPermission(intent, desk);
  if ('refusal' in checked) {
    const { refusal, cause } = checked;
    if (refusal.kind === 'unsure' && isUnattended(intent)) {
      // Nobody is there to ask again, so the delivery, or the member, is.
      throw new Error(`${refusal.why} ${intent.key} will be tried again.`, { cause });
    }
    await showRefusal(intent, refusal, desk);
    return;
  }
  // A courtesy: when it cannot be shown, what was asked is done all the same.
  await tryToShow(intent, desk.acknowledge(intent), desk);
  const answer = await fulfil({ ...intent, ...checked }, desk);
  if (answer !== null) {
    await show(intent, desk.answer(intent, answer), desk);
  }
}

/**
 * The words of a refusal belong to the person, the page and the kind of request, so they stand there once however often
 * it is asked: whoever may do nothing must not use up what GitHub lets Baton write. Programs count as one, so that several
 * cannot keep each other going.
 */
async function showRefusal(intent: Intent, refusal: Answer, desk: IntentDesk): Promise<void> {
  const surfaces = desk.answer(intent, refusal);
  if (refusal.kind !== 'refused') {
    await show(intent, surfaces, desk);
    return;
  }
  const { ask, actor, source, subject } = intent;
  const place = `${subject.repository.id}:${pageOf(intent) ?? subject.number}`;
  const who = isByProgram(intent) ? 'program' : actor.id;
  const owner = `refused:${place}:${who}:${source.kind}:${ask.kind}`;
  const { words = [], others = [] } = Object.groupBy(surfaces, ({ kind }) =>
    kind === 'comment' ? 'words' : 'others',
  );
  await show({ ...intent, key: owner }, words, desk);
  await show(intent, others, desk);
}

async function show(intent: Intent, surfaces: readonly SurfaceInput[], desk: IntentDesk): Promise<void> {
  if (!(await tryToShow(intent, surfaces, desk))) {
    throw new Error(`the answer to ${intent.key} could not be shown; it will be tried again`);
  }
}

async function tryToShow(
  intent: Intent,
  surfaces: readonly SurfaceInput[],
  desk: IntentDesk,
): Promise<boolean> {
  const subject = atPage(intent.subject, pageOf(intent));
  return await ensureSurfaces({ subject, owner: intent.key, surfaces }, desk);
}

/** Whether nobody waits for an answer, to ask once more. */
function isUnattended({ source, member }: Intent): boolean {
  return source.kind === 'pull-request' || member !== undefined;
}

function isByProgram({ source }: Intent): boolean {
  return source.kind === 'label' && source.byProgram === true;
}

/** What the sender may do here, when that is enough; fails closed. */
async function checkPermission(
  intent: Intent,
  { codeHost }: IntentDesk,
): Promise<{ readonly held?: Permission } | { readonly refusal: Answer; readonly cause?: unknown }> {
  if (intent.requires === 'none') {
    return {};
  }
  if (isByProgram(intent)) {
    return { refusal: { kind: 'refused', held: 'none', required: intent.requires } };
  }
  let held: Permission;
  try {
    held = await codeHost.permissionOf(intent.subject.repository, intent.actor);
  } catch (error) {
    return {
      refusal: { kind: 'unsure', why: error instanceof Error ? error.message : String(error) },
      cause: error,
    };
  }
  return allows(held, intent.requires)
    ? { held }
    : { refusal: { kind: 'refused', held, required: intent.requires } };
}

/** Does it; null when the run itself will answer. */
async function fulfil(intent: Intent, desk: IntentDesk): Promise<Answer | null> {
  const { ask } = intent;
  if (isSteering(ask)) {
    return await steerRuns(intent, ask, desk);
  }
  switch (ask.kind) {
    case 'start':
      return await startOrChoose(intent, ask, desk);
    case 'new-head':
      await showForkNotice(intent.subject, desk);
      return { kind: 'accepted' };
    case 'preview':
      await showConfiguration(intent.subject, desk);
      return { kind: 'accepted' };
    case 'status':
      return await tellOfRun(intent, desk, (run) => ({ kind: 'status', run }));
    case 'debt':
      return await tellOfRun(intent, desk, (run) => listPutOff(run, desk));
    case 'help':
      return ask;
    case 'misspelt':
      return ask;
    case 'explain':
      return await tellOfRun(intent, desk, (run) => ({ kind: 'explanation', run }));
  }
}

/**
 * A run that asks which workflow its issue needs is answered; anything else starts a run of its own. Which of the two is
 * decided once: handled again, the run that was answered does not wait any more, and must not get a second one.
 */
async function startOrChoose(
  intent: Intent,
  ask: Extract<Ask, { kind: 'start' }>,
  desk: IntentDesk,
): Promise<Answer | null> {
  const option = ask.workflow === null ? 0 : await meantOption(intent, ask.workflow, desk);
  return option === 0
    ? await startAsked(intent, ask, desk)
    : await steerRuns(intent, { kind: 'choose', option }, desk);
}

/** Number of the option of the waiting run that is meant; 0 when none is. */
async function meantOption(intent: Intent, workflow: string, desk: IntentDesk): Promise<number> {
  return await desk.effects.ensure<number>({
    key: `${intent.key}/option`,
    kind: 'steer',
    runId: null,
    lookUp: async () => null,
    async send() {
      const run = await findCurrent(intent, desk);
      return run?.state === 'held' && run.hold.kind === 'escalation' ? optionFor(workflow, run.hold) : 0;
    },
  });
}

function optionFor(workflow: string, { options }: Extract<Hold, { kind: 'escalation' }>): number {
  return 1 + options.findIndex(({ leadsTo }) => leadsTo.kind === 'start' && leadsTo.workflow === workflow);
}

/** What is to be told of the run that is worked on; of an earlier one only when nothing hides behind what cannot be read. */
async function tellOfRun(
  intent: Intent,
  desk: IntentDesk,
  toAnswer: (run: Run | null) => Answer,
): Promise<Answer> {
  const run = await findCurrent(intent, desk);
  const unreadable = run === null || isEnded(run) ? await findUnreadableRuns(intent, desk.runs) : [];
  return unreadable.length > 0 ? { kind: 'unreadable', ids: unreadable.map(({ id }) => id) } : toAnswer(run);
}

function listPutOff(run: Run | null, { digest }: IntentDesk): Answer {
  const debts =
    run !== null && isBegun(run)
      ? debtsSoFar(run, { maxPerRun: run.settings.debt.maxPerRun, digest })
      : { filed: [], unfiled: [] };
  return { kind: 'debt', runId: run?.order.id ?? null, ...debts };
}

/** The run that is worked on, or waits, now: others queue behind it. When there is none, the one that ended last. */
async function findCurrent(intent: Intent, { runs }: IntentDesk): Promise<Run | null> {
  const [current] = await findOpenRuns(intent, runs);
  return current ?? (await runs.latest(toSubjectKey(intent.subject)));
}
