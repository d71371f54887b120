import { z } from 'zod';
import { decisionSchema } from '../domain/decision.ts';
import { subjectSchema, toSubjectName } from '../domain/subject.ts';
import type { Durable } from '../ports/durable.ts';
import type { Log } from '../ports/log.ts';
import type { Shown } from './execute-run.ts';
import { mayShowLate } from './may-show-late.ts';
import { type Report, type Reporting, tryToSave, tryToTell } from './report-once.ts';
import { steeringMessageSchema } from './steering-message.ts';

/** Name of the durable workflow that tells what GitHub did not take in time. */
export const LATE_REPORT = 'late-report';

/** What that workflow is started with. It lies for days, so another version may have written it. */
export const lateReportSchema = z.object({
  decision: decisionSchema,
  replies: z.array(z.object({ decision: decisionSchema, message: steeringMessageSchema })),
});

/** The least that is told of one that cannot be read. */
const tracesSchema = z.object({
  decision: z
    .object({ run: z.object({ order: z.object({ subject: subjectSchema }) }) })
    .optional()
    .catch(undefined),
  replies: z.array(z.object({ message: z.object({ by: z.object({ login: z.string() }) }) })).catch([]),
});

/** How long GitHub may be away before that is given up: as long as it sends deliveries again itself. */
const LATE_DAYS = 3;
const LATE_WAIT_MS = 30 * 60_000;
const LATE_TRIES = (LATE_DAYS * 24 * 60 * 60_000) / LATE_WAIT_MS;

/** Has a workflow of its own tell what is left of a run that has ended. The same is told once. */
export async function handOver(
  late: Report,
  { engine, log }: Pick<Reporting, 'engine' | 'log'>,
): Promise<void> {
  const { id } = late.decision.run.order;
  const newest = late.replies.at(-1)?.message.intentKey ?? 'end';
  await engine.start({ workflow: LATE_REPORT, id: `late:${id}:${newest}`, input: late });
  log.warn(
    toLateFields(late),
    `GitHub does not take how a run ended, or an answer; it is tried for ${LATE_DAYS} days more`,
  );
}

/** Tells what GitHub did not take in time, until it does. */
export async function reportLate(
  late: Report,
  {
    durable,
    reporting,
  }: { readonly durable: Pick<Durable, 'step' | 'sleep'>; readonly reporting: Reporting },
): Promise<void> {
  for (let tries = 0; tries < LATE_TRIES; tries += 1) {
    await durable.sleep(LATE_WAIT_MS);
    if ((await durable.step('report', () => tryOnce(late, reporting))) === 'shown') {
      return;
    }
  }
  reporting.log.error(
    toLateFields(late),
    `GitHub has not taken how a run ended, or what people were to be answered, for ${LATE_DAYS} days; it is given up`,
  );
}

/** Says of a late report that cannot go on who is not told of what. */
export function abandonLate(
  { id, input }: { readonly id: string; readonly input: unknown },
  cause: string,
  log: Log,
): void {
  const traces = tracesSchema.safeParse(input).data;
  const order = traces?.decision?.run.order;
  const people = traces?.replies.map(({ message }) => message.by.login) ?? [];
  const subject = order === undefined ? undefined : toSubjectName(order.subject);
  log.error({ late: id, subject, people, cause }, 'how a run ended, or an answer, cannot be told any more');
}

/** The next run of the subject may have begun. */
async function tryOnce(late: Report, reporting: Reporting): Promise<Shown> {
  const { run } = late.decision;
  return (await tryToSave(late.decision, reporting))
    ? await tryToTell(late, reporting, (surface) => mayShowLate(surface, run, reporting))
    : 'unshown';
}

function toLateFields({ decision, replies }: Report): Record<string, unknown> {
  const { order, state } = decision.run;
  const people = replies.map(({ message }) => message.by.login);
  return { runId: order.id, subject: toSubjectName(order.subject), state, people };
}
