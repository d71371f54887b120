import picomatch from 'picomatch';
import { z } from 'zod';
import { amountOf } from '../domain/amount-of.ts';
import type { AddedLine } from '../domain/evidence.ts';
import type { Finding } from '../domain/finding.ts';
import { defineGate } from '../domain/gate.ts';
import { findWhole } from './log-privacy/find-whole.ts';
import { findPersonal } from './log-privacy/personal-words.ts';
import { NOT_PRODUCTION } from './parts/not-production.ts';
import { type ChangedSource, readChangedSources } from './source/changed-sources.ts';
import { logCallsOf, printCallsOf, writeCallsOf } from './source/log-calls.ts';
import { isInside, lastOf, type SourceCall, type SourceText, within } from './source/source-facts.ts';
import { waysToEnvironment } from './source/ways-to-environment.ts';
import { hasWords, wordsOf } from './source/words.ts';

const MAX_FINDINGS = 50;

/** `email=%s` and `password: {}` say what comes there, whatever it is called. */
const LABELLED = /\b([A-Za-z][\w-]{1,60})["']?\s{0,3}[:=]\s{0,3}["']?(?:%[-#\d(sdrifj]|\$?\{)/g;
/** What somebody has logged before, and left in the repository. */
const LOGGED = /\b(?:e-?mail|ssn|password)\b|[\w.+-]{1,64}@[\w-]{1,63}\.[a-z]{2,}/i;
/** A value that went through one of these is no longer what it was. */
const MASKS = [
  'mask',
  'masked',
  'redact',
  'redacted',
  'hash',
  'hashed',
  'scrub',
  'sanitize',
  'anonymize',
  'pseudonymize',
  'obfuscate',
  'encrypt',
  'bool',
  'boolean',
  'len',
];

const options = z.strictObject({
  words: z
    .array(z.string().min(1))
    .default([])
    .describe('Further words of names that must not be logged, such as `patient_id`.'),
  allow: z.array(z.string().min(1)).default([]).describe('Names that may be logged, as they are written.'),
  exclude: z
    .array(z.string().min(1))
    .default(NOT_PRODUCTION)
    .describe('Globs of files that never run for a customer.'),
  logFiles: z
    .array(z.string().min(1))
    .default(['**/*.log', '**/logs/**/*.{txt,json,jsonl,ndjson,csv}'])
    .describe('Globs of files that are logs themselves.'),
});

/** Keeps people out of the logs: from there they are copied to where nobody can take them back. */
export const gate = defineGate({
  name: 'log-privacy',
  summary:
    'Fails added log statements of JavaScript, TypeScript and Python that log personal data, credentials, whole requests or all of a person, told by their names. What a value holds it cannot see.',
  options,
  alwaysStrict: true,
  async judge(evidence, { words, allow, exclude, logFiles }) {
    const { sources, unread } = await readChangedSources(evidence, exclude);
    const isLog = picomatch(logFiles, { dot: true });
    const logged = (await evidence.addedLines()).filter(({ path, text }) => isLog(path) && LOGGED.test(text));
    const judged = sources.map((source) => judgeSource(source, { words, allow }));
    const findings = [...unread, ...judged.flatMap((one) => one.findings), ...logged.map(toLogged)];
    if (findings.length > 0) {
      return {
        kind: 'fail',
        summary: `${amountOf(findings.length, 'place')} may write personal data or credentials to a log.`,
        findings: findings.slice(0, MAX_FINDINGS),
      };
    }
    const statements = judged.reduce((sum, { count }) => sum + count, 0);
    return {
      kind: 'pass',
      summary: `No name in ${amountOf(statements, 'added log statement')} says that it is personal. Values cannot be seen, and only JavaScript, TypeScript and Python are read.`,
    };
  },
});

interface Words {
  readonly words: readonly string[];
  readonly allow: readonly string[];
}

function judgeSource({ path, facts, isAdded }: ChangedSource, { words, allow }: Words) {
  const statements = [...logCallsOf(facts), ...printCallsOf(facts), ...writeCallsOf(facts)].filter(isAdded);
  const namesOf = waysToEnvironment(facts);
  const findings = new Map<number, Finding>();
  for (const statement of statements) {
    const masked = within(facts.calls, statement).filter(isMask);
    const said = [...within(facts.names, statement), ...within(facts.keys, statement)];
    const hits = [
      ...said.map((one) => [one, findPersonal(one.text, words)] as const),
      ...within(facts.texts, statement).map((one) => [one, findLabel(one, words)] as const),
      ...findWhole(facts, statement, namesOf).map(
        (one) => [one, 'all that is known of somebody, or of the environment'] as const,
      ),
    ];
    for (const [one, word] of hits) {
      const isOpen = !masked.some((call) => isInside(one, call) && one.start >= call.argumentsAt);
      if (word !== null && isOpen && !allow.includes(one.text) && !isKeyOfMasked(one, masked)) {
        findings.set(one.line, toFinding(path, one, word));
      }
    }
  }
  return { findings: [...findings.values()], count: statements.length };
}

function isMask({ callee }: SourceCall): boolean {
  const words = wordsOf(lastOf(callee));
  return MASKS.some((mask) => hasWords(words, mask));
}

/** In `{ email: mask(email) }` the key says what was masked. */
function isKeyOfMasked({ end }: SourceText, masked: readonly SourceCall[]): boolean {
  return masked.some(({ start }) => start > end && start - end <= 3);
}

function findLabel({ text }: SourceText, words: readonly string[]): string | null {
  const labels = text.matchAll(LABELLED);
  for (const [, label = ''] of labels) {
    const word = findPersonal(label, words);
    if (word !== null) {
      return word;
    }
  }
  return null;
}

function toFinding(path: string, { line, text }: SourceText, word: string): Finding {
  return {
    path,
    line,
    message: `This logs ${word} (\`${text.slice(0, 100)}\`). Leave it out, log an id in its place, or mask it: \`mask(...)\`.`,
    severity: 'error',
  };
}

function toLogged({ path, line }: AddedLine): Finding {
  const message = 'This log holds personal data. Take the file out of the repository.';
  return { path, line, message, severity: 'error' };
}
