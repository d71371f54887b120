import { z } from 'zod';
import { amountOf } from '../domain/amount-of.ts';
import type { Finding } from '../domain/finding.ts';
import type { OutcomeInput } from '../domain/outcome.ts';
import { layOutPhases, toWorkGraph } from '../domain/spec/lay-out-phases.ts';
import { readSpec } from '../domain/spec/read-spec.ts';
import { phaseTitle, type SpecFault, type SpecReading } from '../domain/spec/spec.ts';
import { type Attempt, defineStepKind } from '../domain/step-kind.ts';
import { type FoundSpec, findSpec } from './parts/find-spec.ts';

const role = z.string().min(1);

const options = z.strictObject({
  path: z
    .string()
    .min(1)
    .max(300)
    .default('.spec/SPEC.md')
    .describe(
      'Where the spec is, on the default branch as it is now. An issue whose own text has phases is its own spec, and one with a line `Spec branch: name` means the file on that branch.',
    ),
  own: z
    .string()
    .min(1)
    .max(300)
    .default('docs/specs/{issue}-{slug}.md')
    .describe(
      'Where a spec was perhaps written ahead for the issue, on the default branch; it counts when it has phases.',
    ),
  roles: z
    .strictObject({
      build: role.default('implementation-executor').describe('Builds a module.'),
      fix: role.default('fix-executor').describe('Mends what was found wrong in a phase.'),
      merge: role.default('synthesis-architect').describe('Settles conflicts between modules.'),
      review: role.default('code-reviewer').describe('Says whether what only somebody can judge holds.'),
    })
    .prefault({})
    .describe('Who does what.'),
  timeoutMinutes: z
    .number()
    .positive()
    .max(240)
    .default(45)
    .describe('Time limit of one attempt of a role, in minutes.'),
  maxRejections: z
    .int()
    .min(1)
    .max(10)
    .default(3)
    .describe('Rejections of a phase after which a person is asked.'),
});

/** Findings of one verdict that are kept. */
const MAX_FAULTS = 50;

export const stepKind = defineStepKind({
  name: 'spec',
  summary:
    'Reads the phases of a SPEC.md and lays them out as steps: modules side by side, merged, checked and reviewed, phase after phase.',
  options,
  endings: ['planned', 'rejected'],
  async perform(attempt) {
    const found = await findSpec(attempt, attempt.options);
    if (found === null) {
      const { path } = attempt.options;
      const remedy = `Add ${path} to the default branch, or write \`## Implementation Phases\` into the issue; then do this step again.`;
      return refuse({ path, text: '' }, [{ line: 1, what: `there is no ${path}`, remedy }]);
    }
    const reading = readSpec(found.text);
    return reading.kind === 'faulty' ? refuse(found, reading.faults) : layOut(attempt, found, reading);
  },
});

function layOut(
  { step, options: { roles, timeoutMinutes, maxRejections } }: Attempt<z.infer<typeof options>>,
  { path }: FoundSpec,
  { phases }: Extract<SpecReading, { kind: 'read' }>,
): OutcomeInput {
  const modules = phases.flatMap((phase) => phase.modules).length;
  const summary = `${path} has ${amountOf(phases.length, 'phase')} with ${amountOf(modules, 'module')}`;
  return {
    kind: 'passed',
    summary,
    details: phases.map((phase) => `- ${phaseTitle(phase)}: ${phase.modules.join(', ')}`).join('\n'),
    verdicts: [{ gate: 'spec', verdict: { kind: 'pass', summary: `${summary}.` }, durationMs: 0 }],
    planned: layOutPhases(phases, { from: step.id, roles, timeoutMinutes, maxRejections }),
    graph: toWorkGraph(phases),
  };
}

/** Before any role is asked: all that is wrong, where, and what mends it. */
function refuse({ path }: FoundSpec, faults: readonly SpecFault[]): OutcomeInput {
  const findings = faults.slice(0, MAX_FAULTS).map(
    ({ line, what, remedy }): Finding => ({
      path,
      line,
      severity: 'error',
      message: `${what}. ${remedy}`,
    }),
  );
  const summary = `${path} cannot be carried out yet: ${amountOf(faults.length, 'fault')}`;
  return {
    kind: 'rejected',
    summary,
    findings,
    verdicts: [{ gate: 'spec', verdict: { kind: 'fail', summary: `${summary}.`, findings }, durationMs: 0 }],
  };
}
