import { z } from 'zod';
import { amountOf } from '../domain/amount-of.ts';
import type { Finding } from '../domain/finding.ts';
import { defineGate } from '../domain/gate.ts';
import { toDocumentPath } from '../domain/own-document.ts';
import { readPlan } from '../domain/plan/plan.ts';
import { planPathSchema } from './parts/plan-path.ts';
import { readText } from './parts/read-text.ts';
import { findPlanFaults } from './plan/find-plan-faults.ts';

const options = z.strictObject({
  path: planPathSchema,
  maxLines: z.int().positive().max(2_000).default(400).describe('Most lines the plan may have.'),
});

/** Sees to it that a plan says what those need who test, build and secure it. */
export const gate = defineGate({
  name: 'plan',
  summary:
    'Fails a change without a plan that tells configuration from code, names the public interfaces, and has a threat for each asset.',
  options,
  async judge(evidence, { path: pattern, maxLines }) {
    const path = toDocumentPath(pattern, evidence.ticket.key);
    if ((await evidence.changedFiles()).length === 0) {
      return { kind: 'skip', summary: 'Nothing has changed.' };
    }
    const text = await readText(evidence, 'head', path);
    if (text === null) {
      const message = `Write the plan of this ticket as ${path}.`;
      return { kind: 'fail', summary: `There is no ${path}.`, findings: [{ message, severity: 'error' }] };
    }
    const plan = readPlan(text);
    const lines = text.trimEnd().split('\n').length;
    const faults = findPlanFaults(plan);
    const findings = [
      ...faults.map(({ line, message }): Finding => ({ path, line, message, severity: 'error' })),
      ...(lines <= maxLines
        ? []
        : [
            {
              path,
              message: `The plan has ${lines} lines. Shorten it to ${maxLines} at most.`,
              severity: 'error' as const,
            },
          ]),
    ];
    return findings.length === 0
      ? { kind: 'pass', summary: summarise(plan) }
      : { kind: 'fail', summary: `${path} lacks ${findings.length} of what a plan has.`, findings };
  },
});

function summarise({ decisions, interfaces, assets, threats }: ReturnType<typeof readPlan>): string {
  const [decided = 0, named = 0, guarded = 0] = [decisions, interfaces, assets].map(
    (part) => part?.entries.length ?? 0,
  );
  const parts = [amountOf(decided, 'decision'), amountOf(named, 'public interface')];
  return `The plan has ${parts.join(', ')}, and ${amountOf(threats?.entries.length ?? 0, 'threat')} to ${amountOf(guarded, 'asset')}.`;
}
