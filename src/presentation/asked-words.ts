import type { Asked } from '../domain/asked.ts';
import { tryOf } from '../domain/legs-of.ts';
import type { BegunRun, StepRecord } from '../domain/run.ts';
import { code } from './fence.ts';
import { inline } from './inline.ts';
import { stepTitle } from './step-title.ts';

const MAX_WHY = 160;
const MAX_LEFT_OUT = 400;
/** The newest of them; all are kept with the run. */
const MAX_FALLBACKS = 10;

/** `**Asked:** code-reviewer by claude with claude-opus-5-5.`; empty when nobody has answered. */
export function askedLine(asked: readonly Asked[]): string {
  const rolesBy = new Map<string, Set<string>>();
  for (const one of asked.filter(({ result }) => result === 'answered')) {
    const by = byWords(one);
    rolesBy.set(by, (rolesBy.get(by) ?? new Set<string>()).add(inline(one.role, 80)));
  }
  const parts = [...rolesBy].map(([by, roles]) => `${[...roles].join(', ')} by ${by}`);
  return parts.length === 0 ? '' : `**Asked:** ${parts.join('; ')}.`;
}

/** Why others were asked than those that come first, in one attempt. */
export function fallbackWords(asked: readonly Asked[]): readonly string[] {
  return asked.flatMap((one, index) => {
    const next = asked[index + 1];
    return one.result === 'answered' || next?.role !== one.role
      ? []
      : [
          `${byWords(one)} ${RESULTS[one.result]} (${inline(one.why ?? '', MAX_WHY)}), so ${byWords(next)} was asked.`,
        ];
  });
}

/** What the roles of one attempt were not told, to keep room for their work; each once. */
export function leftOutWords(asked: readonly Asked[]): readonly string[] {
  const words = asked.flatMap(({ role, leftOut }) =>
    leftOut === undefined
      ? []
      : [
          `${inline(role, 80)} was not told all, to keep room for the work: ${inline(leftOut.join(', '), MAX_LEFT_OUT)}.`,
        ],
  );
  return [...new Set(words)];
}

const RESULTS = { failed: 'failed', 'passed-over': 'was passed over' } as const;

/** The same of a whole run, with who was asked; empty when nobody was. */
export function askedSection(run: BegunRun): string {
  const lines = run.history.flatMap((record) =>
    [record.outcome.asked ?? []]
      .flatMap((asked) => [...fallbackWords(asked), ...leftOutWords(asked)])
      .map((words) => `- ${attemptWords(run, record)}: ${words}`),
  );
  const line = askedLine(run.history.flatMap(({ outcome }) => outcome.asked ?? []));
  return [line, ...lines.slice(-MAX_FALLBACKS)].filter((part) => part !== '').join('\n');
}

function attemptWords(run: BegunRun, record: StepRecord): string {
  const attempt = tryOf(run, record);
  return `${stepTitle(run, record.step, record.leg)}${attempt > 1 ? `, attempt ${attempt}` : ''}`;
}

function byWords({ runtime, model }: Asked): string {
  return model === null ? code(runtime) : `${code(runtime)} with ${code(model)}`;
}
