import { z } from 'zod';
import { defineGate } from '../domain/gate.ts';
import { chooseCommand } from './parts/choose-command.ts';

const options = z.strictObject({
  checks: z
    .array(z.string().min(1))
    .min(1)
    .max(30)
    .describe('The checks of the profile that later steps require.'),
});

/** Says at once what a repository lacks, instead of one tool in each step that comes to it. */
export const gate = defineGate({
  name: 'checks-set-up',
  summary:
    'Looks whether the base commit has what the checks of later steps need, and says how to install it.',
  options,
  async judge(evidence, { checks }) {
    const chosen = await Promise.all(
      checks.map(async (check) => ({ check, choice: await chooseCommand(evidence, check) })),
    );
    const missing = chosen.flatMap(({ check, choice }) => {
      switch (choice.kind) {
        case 'not-set-up':
          return [{ check, what: `${choice.reason} ${choice.install}` }];
        case 'unreadable':
          return [{ check, what: choice.reason }];
        // What a change leaves open is told where it is judged.
        case 'undecided':
        case 'nothing':
        case 'run':
          return [];
      }
    });
    const names = missing.map(({ check }) => check).join(', ');
    return missing.length === 0
      ? { kind: 'pass', summary: `${checks.length} checks are set up.` }
      : {
          kind: 'broke',
          summary: `${missing.length} of ${checks.length} checks are not set up: ${names}.`,
          remedy:
            'Do what stands below on the default branch, then start another run: this one is judged by what its base commit says.',
          evidence: missing.map(({ check, what }) => `${check}: ${what}`).join('\n'),
          permanent: true,
        };
  },
});
