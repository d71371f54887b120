import type { Answering } from '../orchestration/answer-unanswered.ts';
import { fileIntervention } from '../orchestration/file-intervention.ts';
import type { CrashDesk } from '../orchestration/note-crash.ts';
import { isMomentary, type StepBench } from '../orchestration/perform-step.ts';
import type { Reporting } from '../orchestration/report-run.ts';
import { answerSteering } from '../presentation/answers/answer-steering.ts';
import { crashNotice } from '../presentation/crash-notice.ts';
import { interventionIssue } from '../presentation/intervention-issue.ts';
import { present } from '../presentation/present.ts';
import { sha256 } from '../system/sha256.ts';
import type { Parts } from './parts.ts';

/** What showing a run takes. */
export function toReporting({ store, codeHost, log }: Parts, bench: Pick<StepBench, 'stepKind'>): Reporting {
  const interventions = { codeHost, log, digest: sha256, describe: interventionIssue };
  return {
    runs: store.runs,
    codeHost,
    log,
    present,
    answer: answerSteering,
    isMomentary: (run) => isMomentary(run, bench),
    fileIntervention: (run) => fileIntervention(run, interventions),
  };
}

/** What ending a run takes whose execution cannot go on. */
export function toAbandoning(parts: Parts): Answering {
  const bench = { stepKind: (name: string) => parts.catalog.stepKinds.get(name) };
  const { clock, engine } = parts;
  return { ...toReporting(parts, bench), clock, engine, durable: parts.forgetful };
}

/** What keeping a crash, and telling of it, takes. */
export function toCrashDesk({ store, clock, codeHost, log }: Parts): CrashDesk {
  return {
    records: store.teamRecords(clock),
    codeHost,
    log,
    describe: crashNotice,
  };
}
