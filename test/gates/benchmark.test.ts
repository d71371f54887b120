import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CommandResult, Evidence } from '../../src/domain/evidence.ts';
import { gate } from '../../src/gates/benchmark.ts';
import { evidenceOf, exited, type FileChange } from '../support/evidence.ts';

const PROFILE = {
  name: 'node',
  when: ['package.json'],
  path: [],
  checks: { benchmark: { scripts: ['benchmark', 'bench'] } },
};
const MANIFEST = JSON.stringify({ scripts: { bench: 'node bench.mjs' } });
/**
 * Tells what `work.mjs` takes, as a benchmark that is there on both sides would. It asks instead of measuring: how long
 * something really takes is decided by whatever else this machine does.
 */
const BENCH = `
import { work } from './work.mjs';
console.log('warming up: 3 of 3');
console.log('orders: ' + work().toFixed(3) + ' ms');
`;
const FAST = taking(0.01);
/** Longer than it may. */
const WAITING =
  'export function work() { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5_000); }\n';

let directory: string;
/** The sides that were measured, in order. */
let measured: string[];
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'baton-benchmark-'));
  measured = [];
});
afterEach(() => rm(directory, { recursive: true, force: true }));

/** Work that takes so long. */
function taking(ms: number): string {
  return `export function work() { return ${ms}; }\n`;
}

interface Sides {
  readonly base: string;
  readonly head: string;
  readonly bench?: FileChange;
  readonly manifest?: FileChange;
}

/** Evidence whose commands are real processes in two real directories. */
async function evidenceIn(sides: Sides): Promise<Evidence> {
  const files: Record<string, FileChange> = {
    'work.mjs': sides,
    'bench.mjs': sides.bench ?? { base: BENCH, head: BENCH },
    'package.json': sides.manifest ?? { base: MANIFEST, head: MANIFEST },
  };
  for (const side of ['base', 'head'] as const) {
    await mkdir(join(directory, side));
    for (const [path, file] of Object.entries(files)) {
      await writeFile(join(directory, side, path), file[side] ?? '');
    }
  }
  const changed = Object.entries(files).filter(([, { base, head }]) => base !== head);
  const evidence = evidenceOf({ files, profile: PROFILE });
  const change = evidenceOf({ files: Object.fromEntries(changed) });
  return {
    ...evidence,
    changedFiles: () => change.changedFiles(),
    run(command, { timeoutMs, on }) {
      const at = on === 'base' ? on : 'head';
      measured.push(at);
      return runIn(join(directory, at), command, timeoutMs);
    },
  };
}

function runIn(cwd: string, command: string, timeoutMs: number): Promise<CommandResult> {
  return new Promise((resolve) => {
    const child = execFile(
      '/bin/sh',
      ['-c', command],
      { cwd, timeout: timeoutMs },
      (error, stdout, stderr) => {
        const output = stdout + stderr;
        resolve(
          error?.killed === true
            ? { kind: 'timed-out', output, durationMs: timeoutMs }
            : { kind: 'exited', code: child.exitCode ?? 1, output, durationMs: 1 },
        );
      },
    );
  });
}

async function judge(sides: Sides, options = {}) {
  return gate.judge(await evidenceIn(sides), gate.options.parse(options));
}

describe('src/gates/benchmark.ts', () => {
  test('shows what became faster, with the figures of both commits', async () => {
    const verdict = await judge({ base: taking(60), head: FAST });
    expect(verdict).toMatchObject({
      kind: 'pass',
      summary: expect.stringMatching(/^orders [\d.]+ ms before, [\d.]+ ms after \([\d.]+ times better\)\.$/),
      figures: [{ name: 'orders', unit: 'ms' }],
      evidence: expect.stringMatching(
        /^\$ node bench\.mjs {2}\(medians of 3 on each commit, in turn\)\nfigure +before +after +change\norders /,
      ),
    });
    expect(measured).toEqual(['base', 'head', 'head', 'base', 'base', 'head']);
  });

  test('fails what became slower', async () => {
    expect(await judge({ base: taking(20), head: taking(80) }, { times: 1 })).toMatchObject({
      kind: 'fail',
      findings: [{ message: expect.stringMatching(/ % worse\); at most 10 % is allowed\.$/) }],
    });
  });

  test('lets pass what is as fast as before within the limit', async () => {
    expect(await judge({ base: taking(100), head: taking(101) }, { maxSlowdown: 60 })).toMatchObject({
      kind: 'pass',
    });
  });

  test('fails when it was to become faster and did not', async () => {
    const sides = { base: taking(50), head: taking(51) };
    expect(await judge(sides, { times: 1, minSpeedup: 2, maxSlowdown: 60 })).toMatchObject({
      kind: 'fail',
      findings: [{ message: expect.stringContaining('it must become 2 times better') }],
    });
  });

  test('is not led astray by one bad measurement', async () => {
    const once = `
      import { existsSync, writeFileSync } from 'node:fs';
      const isSlow = !existsSync('done') && process.cwd().endsWith('head');
      writeFileSync('done', '');
      console.log('{"orders": ' + (isSlow ? 900 : 10) + '}');
    `;
    const bench = { base: once, head: once };
    expect(await judge({ base: FAST, head: `${FAST}\n`, bench })).toMatchObject({
      kind: 'pass',
      figures: [{ name: 'orders', unit: '', base: 10, head: 10 }],
    });
  });

  test('runs the command of the base, and holds when the change rewrites what it runs', async () => {
    const lie = "console.log('orders: 0.001 ms');\n";
    const manifest = {
      base: MANIFEST,
      head: JSON.stringify({ scripts: { bench: 'echo "orders: 0.001 ms"' } }),
    };
    const verdict = await judge({
      base: taking(30),
      head: taking(30),
      bench: { base: BENCH, head: lie },
      manifest,
    });
    expect(verdict).toMatchObject({ kind: 'hold', findings: [{ path: 'bench.mjs' }] });
    await rm(join(directory, 'base'), { recursive: true });
    await rm(join(directory, 'head'), { recursive: true });
    expect(await judge({ base: FAST, head: taking(60), manifest }, { times: 1 })).toMatchObject({
      kind: 'fail',
    });
  });

  test.each([
    ['hold', 'each measurement is', { base: [10, 11, 12], head: [19, 18, 20] }],
    ['pass', 'what was measured overlaps', { base: [10, 10, 18], head: [17, 19, 18] }],
  ] as const)('gives %s for a figure that became much worse, where %s', async (kind, _, values) => {
    const left = { base: [...values.base], head: [...values.head] };
    const evidence: Evidence = {
      ...evidenceOf({ profile: PROFILE, files: { 'package.json': { base: MANIFEST, head: MANIFEST } } }),
      run: async (_command, { on }) => exited(0, `orders: ${left[on === 'base' ? on : 'head'].shift()} ms\n`),
    };
    const given = gate.options.parse({ maxSlowdown: 1_000, holdAbove: 50 });
    expect(await gate.judge(evidence, given)).toMatchObject({ kind });
  });

  test.each([
    ['p99 is not printed', {}, 'The benchmark prints no figure p99, whose target is 100'],
    ['p99 is printed on the head', { p99: 101 }, 'p99 is 101; its target is 100.'],
  ])('fails where a target is set and %s', async (_, more, message) => {
    const bench = {
      base: 'console.log(\'{"orders": 10}\');\n',
      head: `console.log('${JSON.stringify({ orders: 10, ...more })}');\n`,
    };
    const verdict = await judge({ base: FAST, head: FAST, bench }, { times: 1, targets: { p99: 100 } });
    expect(verdict).toMatchObject({
      kind: 'fail',
      findings: [{ message: expect.stringContaining(message) }],
    });
  });

  test('fails a change that breaks the benchmark, and breaks when it was broken before', async () => {
    const broken = 'export function work() { throw new Error("no orders"); }\n';
    expect(await judge({ base: FAST, head: broken })).toMatchObject({
      kind: 'fail',
      findings: [{ message: expect.stringContaining('no orders') }],
    });
    await rm(directory, { recursive: true });
    await mkdir(directory);
    expect(await judge({ base: broken, head: FAST })).toMatchObject({
      kind: 'broke',
      permanent: true,
      evidence: expect.stringContaining('(on the base)'),
    });
  });

  test('breaks, and never passes, when it takes too long', async () => {
    expect(await judge({ base: WAITING, head: FAST }, { timeoutMs: 1_000 })).toMatchObject({
      kind: 'broke',
      summary: 'The benchmark did not end in time on the base.',
    });
  });

  test('breaks when nothing is measured', async () => {
    const mute = 'console.log("all good")\n';
    expect(await judge({ base: FAST, head: FAST, bench: { base: mute, head: mute } })).toMatchObject({
      kind: 'broke',
      remedy: expect.stringContaining('orders: 12.3 ms'),
    });
  });

  test.each([
    ['there is no profile', { profile: null }],
    [
      'the base has no benchmark',
      { profile: PROFILE, files: { 'package.json': { base: '{"scripts":{}}' } } },
    ],
  ])('skips when %s', async (_, change) => {
    expect(await gate.judge(evidenceOf(change), gate.options.parse({}))).toMatchObject({ kind: 'skip' });
  });
});
