import { z } from 'zod';
import { conflictWords } from '../domain/conflict.ts';
import { CANCEL } from '../domain/escalate.ts';
import type { OutcomeInput } from '../domain/outcome.ts';
import { partsOf } from '../domain/parts-of.ts';
import { defineStepKind, type Merging } from '../domain/step-kind.ts';

const options = z.strictObject({
  of: z.string().min(1).describe('The earlier `parallel` step whose roles wrote on branches of their own.'),
  role: z.string().min(1).describe('Name of the role that settles what git cannot join.'),
  tries: z.int().min(1).max(5).default(2).describe('Tries at one conflict before a person is asked.'),
  timeoutMinutes: z.number().positive().max(240).default(30).describe('Time limit of one try, in minutes.'),
});

export const stepKind = defineStepKind({
  name: 'merge',
  summary:
    'Merges what several roles wrote at the same time, in the order of the workflow: git first, then a role where git finds a conflict, then a person.',
  options,
  endings: ['passed', 'escalation'],
  role: ({ role }) => role,
  writes: () => true,
  earlierSteps: ({ of }) => [of],
  async perform({ run, step, options: { of, role, tries, timeoutMinutes }, world }) {
    const parts = partsOf(run, of);
    if (parts.length === 0) {
      return {
        kind: 'broke',
        summary: `${of} has written nothing that could be merged`,
        remedy: `Do ${of} again with \`/baton retry ${of}\`.`,
        retriable: false,
      };
    }
    const merging = await world.merge({ parts, role, tries, timeoutMs: timeoutMinutes * 60_000 });
    switch (merging.kind) {
      case 'broke':
        return merging;
      case 'conflict':
        return toQuestion(step.id, merging);
      case 'merged':
        return toOutcome(merging);
    }
  },
});

function toOutcome({ merges, settled, checkpoint }: Extract<Merging, { kind: 'merged' }>): OutcomeInput {
  const titles = merges.map(({ title }) => title).join(', ');
  const by = settled.length === 0 ? '' : `; conflicts were settled in ${settled.join(', ')}`;
  return { kind: 'passed', summary: `merged ${titles}${by}`, checkpoint, parts: [...merges] };
}

function toQuestion(
  step: string,
  { part, conflicts, why }: Extract<Merging, { kind: 'conflict' }>,
): OutcomeInput {
  const files = conflicts.map(({ path }) => path).join(', ');
  const summary = `${part.title} conflicts with what was merged before it, in ${files}`;
  return {
    kind: 'held',
    summary,
    hold: {
      kind: 'escalation',
      trigger: 'conflict',
      question: `How shall ${part.title} be merged?`,
      shown: [summary, ...why.map((line) => `- ${line}`), '```', conflictWords(conflicts), '```'].join('\n'),
      options: [
        {
          title: 'Try to merge again',
          tradeOff: 'Say with `/baton retry` which side counts, or how the two go together.',
          leadsTo: { kind: 'retry', step, guidance: '' },
        },
        CANCEL,
      ],
      recommended: null,
      recommendation: `Look at both sides; say with \`/baton retry ${step}\` and your decision how they are to be joined.`,
      blocked: 'Everything that is built on the merged work.',
    },
  };
}
