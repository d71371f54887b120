import { toSubjectName } from '../domain/subject.ts';
import type { Durable } from '../ports/durable.ts';
import { type Report, type Reporting, tryToReport } from './report-once.ts';

/** Name of the durable workflow that tells what GitHub did not take in time. */
export const LATE_REPORT = 'late-report';

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
    if ((await durable.step('report', () => tryToReport(late, reporting))) === 'shown') {
      return;
    }
  }
  reporting.log.error(
    toLateFields(late),
    `GitHub has not taken how a run ended, or what people were to be answered, for ${LATE_DAYS} days; it is given up`,
  );
}

function toLateFields({ decision, replies }: Report): Record<string, unknown> {
  const { order, state } = decision.run;
  const people = replies.map(({ message }) => message.by.login);
  return { runId: order.id, subject: toSubjectName(order.subject), state, people };
}
