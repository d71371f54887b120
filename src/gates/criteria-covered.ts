import picomatch from 'picomatch';
import { z } from 'zod';
import type { AcceptanceCriterion } from '../domain/acceptance-criteria.ts';
import { amountOf } from '../domain/amount-of.ts';
import type { Evidence } from '../domain/evidence.ts';
import type { Finding } from '../domain/finding.ts';
import { defineGate } from '../domain/gate.ts';
import { findMarks } from './criteria-covered/find-marks.ts';
import { readText } from './parts/read-text.ts';
import { TEST_FILES } from './parts/test-files.ts';
import { toUnparsed } from './parts/to-unparsed.ts';

const MAX_TABLE = 100;

const options = z.strictObject({
  globs: z.array(z.string().min(1)).default(TEST_FILES).describe('Globs of test files.'),
  policyTests: z
    .boolean()
    .default(true)
    .describe('Whether there must be a policy test, too: one that shows what a misuse leads to.'),
});

/** Traces each criterion of the ticket to a test, so that tests which pass mean that the ticket is done. */
export const gate = defineGate({
  name: 'criteria-covered',
  summary:
    'Fails a change in which no test names an acceptance criterion (`AC2`), or none is a policy test. It sees names and comments of tests, not what they check.',
  options,
  async judge(evidence, { globs, policyTests }) {
    if ((await evidence.changedFiles()).length === 0) {
      return { kind: 'skip', summary: 'Nothing has changed.' };
    }
    const { criteria } = evidence.ticket;
    if (criteria.length === 0) {
      return { kind: 'skip', summary: 'The ticket has no acceptance criteria.' };
    }
    const tested = await traceTests(evidence, picomatch(globs, { dot: true }));
    const bare = criteria.filter(({ id }) => !tested.criteria.has(toNumber(id)));
    const hasPolicy = tested.policy || !policyTests;
    const missing = [...bare.map(toFinding), ...(hasPolicy ? [] : [toPolicyFinding()])];
    const trace = criteria.map(({ id }) => `${id}: ${tested.criteria.get(toNumber(id)) ?? 'no test'}`);
    const shown = trace.slice(0, MAX_TABLE).join('\n');
    return missing.length === 0
      ? {
          kind: 'pass',
          summary: `Each of ${amountOf(criteria.length, 'criterion', 'criteria')} has a test.`,
          evidence: shown,
        }
      : {
          kind: 'fail',
          summary: `${bare.length} of ${criteria.length} criteria have no test${hasPolicy ? '' : ', and there is no policy test'}.`,
          findings: [...missing, ...tested.unread],
          evidence: shown,
        };
  },
});

interface Traced {
  /** The first place of a test, by the number of its criterion. */
  readonly criteria: ReadonlyMap<number, string>;
  readonly policy: boolean;
  /** A finding for each test file that cannot be parsed. */
  readonly unread: readonly Finding[];
}

/** Only what the run has added counts: the tests of other tickets have criteria of the same numbers. */
async function traceTests(evidence: Evidence, isTest: (path: string) => boolean): Promise<Traced> {
  const added = Map.groupBy(
    (await evidence.addedLines()).filter(({ path }) => isTest(path)),
    ({ path }) => path,
  );
  const criteria = new Map<number, string>();
  const unread: Finding[] = [];
  let policy = false;
  for (const [path, lines] of added) {
    const text = (await readText(evidence, 'head', path)) ?? '';
    const marks = await findMarks({ path, text, added: new Set(lines.map(({ line }) => line)) });
    if (marks === null) {
      unread.push(toUnparsed(path));
      continue;
    }
    policy ||= marks.policy;
    for (const [number, line] of marks.criteria) {
      criteria.set(number, criteria.get(number) ?? `${path}:${line}`);
    }
  }
  return { criteria, policy, unread };
}

function toNumber(id: string): number {
  return Number(id.slice('AC'.length));
}

function toFinding({ id, text }: AcceptanceCriterion): Finding {
  return {
    message: `${id} has no test: ${text}. Add one with ${id} in its name, such as "${id}: ..." or \`def test_${id.toLowerCase()}_...\`, or name ${id} in a comment inside of the test that shows it.`,
    severity: 'error',
  };
}

function toPolicyFinding(): Finding {
  return {
    message:
      'There is no policy test. Add one that tries a misuse from the plan\'s threats, with the word "policy" in its name or in the path of its file.',
    severity: 'error',
  };
}
