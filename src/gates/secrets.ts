import picomatch from 'picomatch';
import { z } from 'zod';
import { amountOf } from '../domain/amount-of.ts';
import type { ChangedFile, Evidence } from '../domain/evidence.ts';
import type { Finding } from '../domain/finding.ts';
import { defineGate } from '../domain/gate.ts';
import type { Verdict } from '../domain/verdict.ts';

/** Larger files are not scanned, and so not let through. */
const MAX_BYTES = 1_000_000;
/** The same for more files: reading them one by one would keep the server from its other work for minutes. */
const MAX_FILES = 1_000;
const MAX_FINDINGS = 50;

/** Git's mode of an entry that is a commit of another repository and so has no text. */
const SUBMODULE = '160000';

/** The rules are the server's. Nothing is read from the repository. */
const RULES = {
  rules: [
    {
      id: '@secretlint/secretlint-rule-preset-recommend',
      rules: [{ id: '@secretlint/secretlint-rule-aws', options: { enableIDScanRule: true } }],
    },
  ],
};

/** The fields we need of the scanner's report. Its messages are left out, so that no part of a secret is repeated. */
const reportSchema = z.array(
  z.object({
    messages: z.array(
      z.object({
        ruleId: z.string(),
        messageId: z.string(),
        loc: z.object({ start: z.object({ line: z.int() }), end: z.object({ line: z.int() }) }),
      }),
    ),
  }),
);

/** A private key too short for the scanner, which takes it for an example: elliptic-curve keys are. */
const SHORT_KEY = /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----(?:\\n|\s){1,4}[A-Za-z0-9+/=]{40}/g;

/** A place that looks like a secret. */
interface Hit {
  readonly rule: string;
  readonly first: number;
  readonly last: number;
}

type Scanner = (path: string, content: string) => Promise<readonly Hit[]>;

const options = z.strictObject({
  exclude: z
    .array(z.string().min(1))
    .default([])
    .describe('Globs of files that hold false secrets on purpose, such as test fixtures.'),
});

/** Keeps keys and tokens out of the history, from where they cannot be taken back. */
export const gate = defineGate({
  name: 'secrets',
  summary: 'Fails a change that adds a private key, token or password.',
  options,
  alwaysStrict: true,
  async judge(evidence, { exclude }) {
    const isExcluded = picomatch(exclude, { dot: true });
    const files = (await evidence.changedFiles()).filter(
      (file) => file.status !== 'deleted' && !isExcluded(file.path),
    );
    if (files.length > MAX_FILES) {
      return tooMany(files.length);
    }
    const scan = await loadScanner();
    const added = await linesByPath(evidence);
    const findings: Finding[] = [];
    for (const file of files) {
      findings.push(...(await judgeFile(file, { evidence, scan, added: added.get(file.path) ?? new Set() })));
    }
    if (findings.length === 0) {
      return { kind: 'pass', summary: `No secret in ${amountOf(files.length, 'changed file')}.` };
    }
    return {
      kind: 'fail',
      summary: `${findings.length} place(s) look like a secret.`,
      findings: findings.slice(0, MAX_FINDINGS),
    };
  },
});

function tooMany(count: number): Verdict {
  const message = `${count} files are changed, more than the ${MAX_FILES} that are searched for secrets. Change fewer at once.`;
  return {
    kind: 'fail',
    summary: 'Too many files to look for secrets.',
    findings: [{ message, severity: 'error' }],
  };
}

/** Loaded when first needed: the scanner and its rules are large. */
async function loadScanner(): Promise<Scanner> {
  const { createEngine } = await import('@secretlint/node');
  const engine = await createEngine({ formatter: 'json', color: false, configFileJSON: RULES });
  return async function scan(path, content) {
    const { output } = await engine.executeOnContent({ content, filePath: path });
    return reportSchema
      .parse(JSON.parse(output))
      .flatMap(({ messages }) => messages)
      .map(({ ruleId, messageId, loc }) => ({
        rule: `${messageId}, ${ruleId}`,
        first: loc.start.line,
        last: loc.end.line,
      }));
  };
}

async function judgeFile(
  file: ChangedFile,
  by: { readonly evidence: Evidence; readonly scan: Scanner; readonly added: ReadonlySet<number> },
): Promise<readonly Finding[]> {
  if (file.mode === SUBMODULE) {
    return [];
  }
  const bytes = await by.evidence.readFile('head', file.path);
  if (bytes === null) {
    throw new Error(
      `${file.path} is changed but cannot be read at ${by.evidence.head}, so it was not scanned.`,
    );
  }
  if (bytes.byteLength > MAX_BYTES) {
    const message = `${file.path} has ${bytes.byteLength} bytes, too many to look for secrets. Keep it out of the repository.`;
    return [{ path: file.path, message, severity: 'error' }];
  }
  const content = withoutDisguise(new TextDecoder().decode(bytes));
  const hits = [...findShortKeys(content), ...(await by.scan(file.path, content))];
  return [...new Map(hits.map((hit) => [hit.first, hit])).values()]
    .filter((hit) => file.binary || touches(by.added, hit))
    .map(({ rule, first }) => ({
      path: file.path,
      line: first,
      message: `This looks like a secret (${rule}). Take it out; if it was ever real, revoke it.`,
      severity: 'error',
    }));
}

/**
 * Makes comments such as `secretlint-disable` meaningless, since the change must not switch off its own judge, and takes
 * out the NUL bytes of text in UTF-16.
 */
function withoutDisguise(content: string): string {
  return content.replaceAll(/secretlint-/gi, 'secretlint_').replaceAll('\0', '');
}

function findShortKeys(content: string): readonly Hit[] {
  const hits: Hit[] = [];
  let line = 1;
  let counted = 0;
  for (const { index, 0: text } of content.matchAll(SHORT_KEY)) {
    line += countBreaks(content.slice(counted, index));
    counted = index;
    hits.push({ rule: 'private key', first: line, last: line + countBreaks(text) });
  }
  return hits;
}

function countBreaks(text: string): number {
  return text.split('\n').length - 1;
}

function touches(added: ReadonlySet<number>, { first, last }: Hit): boolean {
  for (let line = first; line <= last; line += 1) {
    if (added.has(line)) {
      return true;
    }
  }
  return false;
}

async function linesByPath(evidence: Evidence): Promise<ReadonlyMap<string, ReadonlySet<number>>> {
  const lines = new Map<string, Set<number>>();
  for (const { path, line } of await evidence.addedLines()) {
    lines.set(path, (lines.get(path) ?? new Set()).add(line));
  }
  return lines;
}
