import picomatch from 'picomatch';
import { z } from 'zod';
import { amountOf } from '../domain/amount-of.ts';
import { defineGate } from '../domain/gate.ts';

/** Files that tools write: nobody reads them line by line. */
const GENERATED = [
  '**/{package-lock,npm-shrinkwrap,composer}.{json,lock}',
  '**/{pnpm-lock.yaml,yarn.lock,bun.lock,Cargo.lock,poetry.lock,uv.lock,Gemfile.lock,go.sum}',
  '**/*.{gen,generated}.*',
  '**/*.{snap,min.js,min.css,map}',
  '**/{__snapshots__,generated,vendor,dist}/**',
];

const options = z.strictObject({
  maxFiles: z.int().positive().default(50).describe('Most files one change may touch.'),
  maxLines: z.int().positive().default(1_500).describe('Most added and deleted lines in all.'),
  exclude: z
    .array(z.string().min(1))
    .default(GENERATED)
    .describe('Globs of files that are not counted: lock files and generated files.'),
});

/** Keeps a change small enough that a person can read it. */
export const gate = defineGate({
  name: 'diff-size',
  summary: 'Fails a change that is too large to be read in one sitting.',
  options,
  async judge(evidence, { maxFiles, maxLines, exclude }) {
    const isExcluded = picomatch(exclude, { dot: true });
    const counted = (await evidence.changedFiles('task')).filter((file) => !isExcluded(file.path));
    const lines = counted.reduce((sum, file) => sum + file.additions + file.deletions, 0);
    const size = `${amountOf(counted.length, 'file')} and ${amountOf(lines, 'line')}`;
    if (counted.length <= maxFiles && lines <= maxLines) {
      return { kind: 'pass', summary: `The change has ${size}.` };
    }
    const largest = counted
      .toSorted((a, b) => b.additions + b.deletions - (a.additions + a.deletions))
      .slice(0, 5)
      .map((file) => `${file.path} (${file.additions + file.deletions})`);
    return {
      kind: 'fail',
      summary: `The change has ${size}; allowed are ${amountOf(maxFiles, 'file')} and ${amountOf(maxLines, 'line')}.`,
      findings: [
        {
          message: `Do less in one change, and name what is left for a later one. Largest: ${largest.join(', ')}.`,
          severity: 'error',
        },
      ],
    };
  },
});
