import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readCatalog } from '../../../src/catalog/read-catalog.ts';
import { gate } from '../../../src/gates/command.ts';
import { chooseCommand } from '../../../src/gates/parts/choose-command.ts';
import { evidenceOf } from '../../support/evidence.ts';

const recordingSchema = z.object({
  /** How. */
  made: z.string(),
  recorded: z.array(
    z.object({
      tool: z.string(),
      state: z.enum(['good', 'bad', 'broken']),
      code: z.int(),
      output: z.string(),
    }),
  ),
});

const { recorded } = recordingSchema.parse(
  JSON.parse(readFileSync(join(import.meta.dirname, '../../examples/recorded/node-audits.json'), 'utf8')),
);
const { profiles } = await readCatalog({ directory: '.' });
const profile = profiles.find(({ name }) => name === 'node') ?? expect.fail('there is no profile for Node');
const NOTHING = '{"type":"nothing-known"}\n';

function judge(lock: string, code: number, report: string | undefined) {
  const audit = profile.checks['audit'];
  const candidates =
    audit !== undefined && 'otherwise' in audit && Array.isArray(audit.otherwise) ? audit.otherwise : [];
  const chosen = candidates.find((one) => 'locks' in one && one.locks.includes(lock));
  const evidence = evidenceOf({
    profile,
    files: {
      'package.json': { base: '{ "dependencies": { "minimist": "0.0.8" } }', head: '{}' },
      [lock]: { base: 'x', head: 'x' },
    },
    commands: { [chosen?.command ?? '']: { kind: 'exited', code, output: '', durationMs: 1 } },
    reports: report === undefined ? {} : { '.baton-audit.json': report },
  });
  return gate.judge(evidence, gate.options.parse({ check: 'audit', required: true }));
}

/** What is in the file where a tool printed that: yarn 4 prints nothing when it has found nothing. */
function inFile({ output, code }: { readonly output: string; readonly code: number }): string {
  return output === '' && code === 0 ? NOTHING : output;
}

describe('profiles/node.yaml, audit by pnpm and yarn', () => {
  const asking = { base: '{}', head: '{ "dependencies": { "minimist": "0.0.8" } }' };

  test.each([
    ['package-lock.json', 'pnpm-lock.yaml', 'pnpm audit'],
    ['pnpm-lock.yaml', 'yarn.lock', 'yarn audit'],
    ['yarn.lock', 'npm-shrinkwrap.json', 'npm audit'],
    ['npm-shrinkwrap.json', 'package-lock.json', 'npm audit'],
  ])('a change from %s to %s is audited by %s', async (from, to, command) => {
    const files = { 'package.json': asking, [from]: { base: 'x' }, [to]: { head: 'x' } };
    expect(await chooseCommand(evidenceOf({ profile, files }), 'audit')).toMatchObject({
      kind: 'run',
      command: expect.stringContaining(command),
    });
  });

  test('of two that were there before, the one that is installed is audited', async () => {
    const both = { 'yarn.lock': { base: 'x', head: 'x' }, 'package-lock.json': { base: 'x', head: 'y' } };
    const evidence = evidenceOf({ profile, files: { 'package.json': asking, ...both } });
    expect(await chooseCommand(evidence, 'audit')).toMatchObject({
      command: expect.stringContaining('npm audit'),
    });
  });

  test('of two files of npm, the one that npm itself reads is installed', () => {
    const [npm] = profile.install ?? [];
    expect(npm?.locks).toEqual(['npm-shrinkwrap.json', 'package-lock.json']);
  });

  test.each([
    [
      'brings two in its place',
      { 'package-lock.json': { base: 'x' }, 'pnpm-lock.yaml': { head: 'x' }, 'yarn.lock': { head: 'x' } },
      'The change brings the lock files of several package managers (pnpm-lock.yaml, yarn.lock)',
    ],
    [
      'brings two where there was none',
      { 'package-lock.json': { head: 'x' }, 'yarn.lock': { head: 'x' } },
      'The change brings the lock files of several package managers (package-lock.json, yarn.lock)',
    ],
    [
      'brings one that is installed in place of the one that it keeps',
      { 'package-lock.json': { head: 'x' }, 'yarn.lock': { base: 'x', head: 'x' } },
      'The change brings package-lock.json, and yarn.lock of another package manager stays',
    ],
    [
      'brings another beside the one that it keeps',
      { 'package-lock.json': { base: 'x', head: 'x' }, 'yarn.lock': { head: 'x' } },
      'The change brings yarn.lock, and package-lock.json of another package manager stays',
    ],
    [
      'takes one away, keeps one and brings one',
      {
        'package-lock.json': { base: 'x' },
        'yarn.lock': { base: 'x', head: 'x' },
        'pnpm-lock.yaml': { head: 'x' },
      },
      'The change brings pnpm-lock.yaml, and yarn.lock of another package manager stays',
    ],
    [
      'brings none in its place',
      { 'package-lock.json': { base: 'x' } },
      'The change takes package-lock.json away and brings no lock file',
    ],
  ])('a change that %s passes no audit, and is told what to do', async (_, locks, reason) => {
    const evidence = evidenceOf({ profile, files: { 'package.json': asking, ...locks } });
    for (const required of [true, false]) {
      expect(await gate.judge(evidence, gate.options.parse({ check: 'audit', required }))).toMatchObject({
        kind: 'fail',
        findings: [{ severity: 'error', message: expect.stringContaining(reason) }],
      });
    }
  });

  test.each(recorded.filter(({ state }) => state === 'bad'))(
    '$tool: what is known is a finding',
    async (one) => {
      const lock = one.tool.startsWith('pnpm') ? 'pnpm-lock.yaml' : 'yarn.lock';
      expect(await judge(lock, one.code, inFile(one))).toMatchObject({
        kind: 'fail',
        findings: [
          {
            danger: 'critical',
            message: expect.stringMatching(
              /^minimist <0\.2\.4: critical: Prototype Pollution in minimist https:\S+GHSA-xvch-5gv4-984h/,
            ),
          },
        ],
      });
    },
  );

  test.each(recorded.filter(({ state }) => state === 'good'))(
    '$tool: nothing known is a pass',
    async (one) => {
      const lock = one.tool.startsWith('pnpm') ? 'pnpm-lock.yaml' : 'yarn.lock';
      expect(await judge(lock, one.code, inFile(one))).toMatchObject({ kind: 'pass' });
    },
  );

  test.each(recorded.filter(({ state }) => state === 'broken'))(
    '$tool: no answer breaks the gate',
    async (one) => {
      const lock = one.tool.startsWith('pnpm') ? 'pnpm-lock.yaml' : 'yarn.lock';
      expect(await judge(lock, one.code, inFile(one))).toMatchObject({ kind: 'broke' });
    },
  );

  test.each([
    ['pnpm-lock.yaml', 'npm install --global pnpm'],
    ['yarn.lock', 'npm install --global yarn'],
  ])('%s: a tool that is missing breaks the gate, with the line that installs it', async (lock, line) => {
    expect(await judge(lock, 127, undefined)).toMatchObject({
      kind: 'broke',
      remedy: expect.stringContaining(line),
    });
  });

  test.each([
    ['yarn.lock', ''],
    ['yarn.lock', '{"type":"info","data":"Visit"}\n'],
    ['yarn.lock', '{"type":"error","data":"Command \\"npm\\" not found."}\n'],
    ['yarn.lock', '{"type":"auditAdvisory","data":{}}\n'],
    ['pnpm-lock.yaml', '{"advisories":{}}'],
    ['pnpm-lock.yaml', '{"advisories":{},"metadata":{"vulnerabilities":{"high":1}}}'],
  ])('%s: a report without an answer passes nothing: %s', async (lock, report) => {
    expect(await judge(lock, 0, report)).toMatchObject({ kind: 'broke' });
  });
});
