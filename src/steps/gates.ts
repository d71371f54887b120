import { z } from 'zod';
import type { Finding } from '../domain/finding.ts';
import type { OutcomeInput } from '../domain/outcome.ts';
import { defineStepKind } from '../domain/step-kind.ts';
import type { GateVerdict, Verdict } from '../domain/verdict.ts';

const use = z
  .strictObject({
    gate: z.string().min(1).describe('Name of the gate.'),
    name: z.string().min(1).max(60).optional().describe('Name of its check run; the gate when absent.'),
    with: z.record(z.string(), z.unknown()).default({}).describe('Options of the gate.'),
  })
  .transform(({ gate, name, with: given }) => ({ gate, name: name ?? gate, with: given }));

const options = z.strictObject({
  gates: z
    .array(use)
    .min(1)
    .refine(
      (uses) => new Set(uses.map(({ name }) => name)).size === uses.length,
      'two gates have the same name',
    )
    .describe('The gates that judge the newest commit, side by side.'),
});

export const stepKind = defineStepKind({
  name: 'gates',
  summary: 'Judges the newest commit with deterministic gates; each becomes a check run.',
  options,
  endings: ['passed', 'rejected', 'security'],
  gates: ({ gates }) => gates,
  async perform({ options: { gates }, world }) {
    const verdicts = [...(await world.judge(gates))];
    const failed = withKind(verdicts, 'fail');
    if (failed.length > 0) {
      return {
        kind: 'rejected',
        summary: `${failed.length} of ${verdicts.length} gates failed: ${names(failed)}`,
        findings: failed.flatMap(({ gate, verdict }) => toFindings(gate, verdict)),
        verdicts,
      };
    }
    const broken = withKind(verdicts, 'broke');
    if (broken.length > 0) {
      return {
        kind: 'broke',
        summary: `${names(broken)} could not run: ${broken.map(({ verdict }) => verdict.summary).join('; ')}`,
        remedy: broken.map(({ verdict }) => verdict.remedy).join(' '),
        retriable: broken.every(({ verdict }) => verdict.permanent === undefined),
        verdicts,
      };
    }
    const holding = withKind(verdicts, 'hold');
    if (holding.length > 0) {
      return {
        kind: 'held',
        summary: `${names(holding)} asks for a release`,
        verdicts,
        hold: {
          kind: 'security',
          question: 'May this change go on?',
          shown: holding.map(({ verdict }) => verdict.summary).join('\n'),
          findings: holding.flatMap(({ verdict }) => verdict.findings),
        },
      };
    }
    return summarise(verdicts);
  },
});

/** Gates that do not apply are named; when none applies, nobody has judged the work. */
function summarise(verdicts: GateVerdict[]): OutcomeInput {
  const passed = withKind(verdicts, 'pass').length;
  const skipped = withKind(verdicts, 'skip');
  const aside =
    skipped.length === 0
      ? ''
      : `; ${skipped.length} ${skipped.length === 1 ? 'does' : 'do'} not apply: ${names(skipped)}`;
  if (passed === 0) {
    return {
      kind: 'broke',
      summary: `no gate could judge this change${aside}`,
      remedy: 'Add the scripts that the gates run to the default branch, or name gates that apply here.',
      retriable: false,
      verdicts,
    };
  }
  return { kind: 'passed', summary: `${passed} ${passed === 1 ? 'gate' : 'gates'} passed${aside}`, verdicts };
}

type Judged<Kind extends Verdict['kind']> = GateVerdict & { verdict: Extract<Verdict, { kind: Kind }> };

function withKind<Kind extends Verdict['kind']>(
  verdicts: readonly GateVerdict[],
  kind: Kind,
): Judged<Kind>[] {
  return verdicts.filter((judged): judged is Judged<Kind> => judged.verdict.kind === kind);
}

function names(verdicts: readonly GateVerdict[]): string {
  return verdicts.map(({ gate }) => gate).join(', ');
}

/** A failed gate always gives feedback: its summary when it has no point of its own. */
function toFindings(gate: string, verdict: Extract<Verdict, { kind: 'fail' }>): Finding[] {
  if (verdict.findings.length === 0) {
    return [{ message: `${gate}: ${verdict.summary}`, severity: 'error' }];
  }
  return verdict.findings.map((finding) => ({ ...finding, message: `${gate}: ${finding.message}` }));
}
