import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readCatalog } from '../../src/catalog/read-catalog.ts';
import { DEMO_TOOLS } from '../../src/demo/tools.ts';
import { listEvidence } from '../../src/domain/checklist-answers.ts';
import type { Evidence } from '../../src/domain/evidence.ts';
import { judgeReview } from '../../src/domain/judge-review.ts';
import { readLineCounts } from '../../src/domain/read-line-counts.ts';
import { REPORTS } from '../../src/domain/report.ts';
import { checklistOf } from '../../src/domain/review-checklist.ts';
import type { Verdict } from '../../src/domain/verdict.ts';
import type { Tree } from '../../src/ports/workspace.ts';
import { createReplay } from '../../src/runtimes/replay.ts';
import { createBubblewrapSandbox } from '../../src/sandbox/create-bubblewrap-sandbox.ts';
import { evidenceOf } from '../support/evidence.ts';
import {
  aBrief,
  aPlace,
  EXAMPLES,
  openExample,
  RECORDING,
  RECORDING_GATE_FAILURE,
  SILENT,
} from '../support/examples.ts';

const NEVER = new AbortController().signal;
const ROOT = join(EXAMPLES, '..');
const TOOLS = { readOnly: [join(ROOT, 'node_modules')], path: DEMO_TOOLS.split(':') };

const sandbox = createBubblewrapSandbox({ log: SILENT });

const catalog = await readCatalog({ directory: ROOT });
const workflow = catalog.workflows.get('backend-feature');

let base: Tree;
let head: Tree;

beforeEach(async () => {
  [base, head] = await Promise.all([openExample(), openExample()]);
});

afterEach(async () => {
  await Promise.all([base.close(), head.close()]);
});

async function implement(directory: string, attempt: number): Promise<void> {
  const place = aPlace({ tree: head, sandbox });
  const answer = await createReplay({ directory, delays: 'skipped' }).run(aBrief({ attempt }), place, NEVER);
  expect(answer).toMatchObject({ kind: 'answered' });
}

/** What each gate of the shipped workflow says of the head tree. */
async function judge(): Promise<Record<string, Verdict['kind']>> {
  const evidence = await readEvidence();
  const kind = catalog.stepKinds.get('gates');
  const uses = kind?.gates(kind.options.parse(workflow?.steps.find(({ id }) => id === 'gates')?.with)) ?? [];
  const verdicts: Record<string, Verdict['kind']> = {};
  for (const use of uses) {
    const gate = catalog.gates.get(use.gate);
    const verdict = await gate?.judge(evidence, gate.options.parse(use.with));
    verdicts[use.name] = verdict?.kind ?? 'broke';
  }
  return verdicts;
}

/** The evidence of what stands in the two trees, with commands that really run. */
async function readEvidence(): Promise<Evidence> {
  const [before, after] = await Promise.all([readFiles(base.path), readFiles(head.path)]);
  const changed = [...after].filter(([path, text]) => before.get(path) !== text);
  const files = Object.fromEntries(
    changed.map(([path, text]) => [path, { ...toBase(before.get(path)), head: text }]),
  );
  return {
    ...evidenceOf({ files, profile: catalog.profiles.find(({ name }) => name === 'node') ?? null }),
    readFile: (at, path) => readFile(join(at === 'base' ? base.path : head.path, path)).catch(() => null),
    run: (command, { timeoutMs }) =>
      sandbox.run(
        {
          argv: ['/bin/sh', '-c', command],
          tree: { path: head.path, access: 'write' },
          ...TOOLS,
          timeoutMs,
        },
        NEVER,
      ),
  };
}

function toBase(text: string | undefined) {
  return text === undefined ? {} : { base: text };
}

async function readFiles(directory: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    await Promise.all(
      paths.map(async (path) => [path.slice(directory.length + 1), await readFile(path, 'utf8')] as const),
    ),
  );
}

const ALL_PASS = {
  tests: 'pass',
  lint: 'pass',
  types: 'pass',
  format: 'pass',
  'tests-kept': 'pass',
  secrets: 'pass',
  'no-placeholders': 'pass',
  'diff-size': 'pass',
  'protected-files': 'pass',
  'gates-kept': 'pass',
};

// The tools of the example really run, several times each.
describe('examples/demo', () => {
  test('the example repository passes every gate as it is', async () => {
    expect(await judge()).toEqual(ALL_PASS);
  });

  test('both implementations of the recording pass every gate', async () => {
    await implement(RECORDING, 1);
    expect(await judge()).toEqual(ALL_PASS);
    await implement(RECORDING, 2);
    expect(await judge()).toEqual(ALL_PASS);
  });

  test('the first implementation has the flaw that its review names, and the second has not', async () => {
    await implement(RECORDING, 1);
    expect(await ordersOnOnePage('perPage=1000000')).toBe(150);
    await implement(RECORDING, 2);
    expect(await ordersOnOnePage('perPage=1000000')).toBe('perPage');
    expect(await ordersOnOnePage('perPage=100')).toBe(100);
  });

  test('the other recording fails the format gate first', async () => {
    await implement(RECORDING_GATE_FAILURE, 1);
    expect(await judge()).toEqual({ ...ALL_PASS, format: 'fail' });
  });

  test.each([
    ['types', 'const page: number = `1`;\nexport { page };\n', 'src/bad.ts', 1, 'TS2322'],
    [
      'lint',
      'export function page(): number {\n  const a = 1;\n  return 2;\n}\n',
      'src/bad.ts',
      2,
      'noUnusedVariables',
    ],
    [
      'tests',
      "import { test } from 'node:test';\n\ntest('adds', () => {\n  throw new Error('one is not two');\n});\n",
      'test/bad.test.ts',
      3,
      'adds',
    ],
  ] as const)('a real failure of %s is found at its place', async (...[check, text, path, line, said]) => {
    await writeFile(join(head.path, path), text);
    const gate = catalog.gates.get('command');
    const verdict = await gate?.judge(await readEvidence(), gate.options.parse({ check }));
    expect(verdict).toMatchObject({
      kind: 'fail',
      findings: expect.arrayContaining([
        { path, line, message: expect.stringContaining(said), severity: 'error' },
      ]),
    });
  });

  test('both recordings end with the same files', async () => {
    await implement(RECORDING_GATE_FAILURE, 1);
    await implement(RECORDING_GATE_FAILURE, 2);
    const files = await readFiles(head.path);
    await head.close();
    head = await openExample();
    await implement(RECORDING, 1);
    await implement(RECORDING, 2);
    expect(await readFiles(head.path)).toEqual(files);
  });

  test.each([RECORDING, RECORDING_GATE_FAILURE])('every report of %s is a valid one', async (directory) => {
    const names = (await readdir(directory)).filter((name) => name.endsWith('.json'));
    for (const name of names) {
      const { report } = JSON.parse(await readFile(join(directory, name), 'utf8'));
      const kind = name.startsWith('review.') ? 'review' : 'work';
      expect(REPORTS[kind].safeParse(report).error, name).toBeUndefined();
      expect(workflow?.steps.map(({ id }) => id)).toContain(name.split('.')[0]);
    }
  });

  test('every reference of the reviews is there at the commit they judge', async () => {
    await implement(RECORDING, 1);
    const first = await judgeRecorded(RECORDING, 1);
    expect(first).toMatchObject({ kind: 'rejected', findings: { length: 2 } });
    await implement(RECORDING, 2);
    const last = await judgeRecorded(RECORDING, 2);
    const after = await judgeRecorded(RECORDING_GATE_FAILURE, 1);
    expect([last.kind, after.kind]).toEqual(['approved', 'approved']);
    for (const { items } of [first, last, after]) {
      expect(items.filter(({ fault }) => fault !== undefined)).toEqual([]);
    }
  });

  test('findings of the reviews point at lines that are there', async () => {
    await implement(RECORDING, 1);
    const { report } = JSON.parse(await readFile(join(RECORDING, 'review.1.json'), 'utf8'));
    const texts = await Promise.all(
      REPORTS.review.parse(report).findings.map(async ({ path = '', line = 0 }) =>
        (await readFile(join(head.path, path), 'utf8'))
          .split('\n')
          .at(line - 1)
          ?.trim(),
      ),
    );
    expect(texts).toEqual(['if (perPage === null) {', "test('refuses page 0', async () => {"]);
  });
});

/** What a recorded reviewer said comes to, judged against the files as they are and the gates of the workflow. */
async function judgeRecorded(directory: string, attempt: number) {
  const recorded = JSON.parse(await readFile(join(directory, `review.${attempt}.json`), 'utf8'));
  const report = REPORTS.review.parse(recorded.report);
  const files = await readFiles(head.path);
  return judgeReview(report, checklistOf('full'), {
    passedGates: new Set(Object.keys(ALL_PASS)),
    lineCounts: await readLineCounts(listEvidence(report.checklist), async (path) => {
      const text = files.get(path);
      return text === undefined ? null : new TextEncoder().encode(text);
    }),
  });
}

/** How many of 150 orders one request gets; the field that is refused otherwise. */
async function ordersOnOnePage(query: string): Promise<number | string> {
  const script = `
    const { answer } = await import('./src/api.ts');
    const { createOrderStore } = await import('./src/order-store.ts');
    const store = createOrderStore();
    for (let i = 0; i < 150; i += 1) store.add({ customer: 'Ada', totalCents: 100 }, new Date());
    const body = await (await answer(new Request('http://localhost/orders?${query}'), store)).json();
    console.log(JSON.stringify(body.orders?.length ?? body.error.field));`;
  const tree = { path: head.path, access: 'read' } as const;
  const result = await sandbox.run(
    { argv: ['node', '--input-type=module', '-e', script], tree, ...TOOLS, timeoutMs: 30_000 },
    NEVER,
  );
  return JSON.parse(result.kind === 'exited' ? result.output : '"not run"');
}
