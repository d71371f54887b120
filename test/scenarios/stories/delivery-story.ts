import { aRecord } from '../../support/decision-record.ts';
import { adding } from '../../support/patches.ts';
import type { Call, Calls } from '../../support/recordings.ts';
import { approving, reporting, work } from '../agents.ts';

/** In the order of the workflow. */
export const PHASES = [
  'planning',
  'test-definition',
  'scaffolding',
  'implementation',
  'security',
  'telemetry',
  'documentation',
] as const;

/** What the pipeline is judged with, by what every machine here has. */
const SCRIPTS = {
  test: 'node --test',
  'test:list': 'ls test/*.test.js',
  lint: 'true',
  types: 'true',
  'format:check': 'true',
  'dead-code': 'true',
  coverage: 'node --test --experimental-test-coverage',
  security: 'true',
};

type Entries = Readonly<Record<string, string>>;

/** A manifest in which every check is set up; these scripts stand in for those that let everything pass. */
export function toManifest(scripts: Entries, dependencies?: Entries): string {
  const manifest = { type: 'module', scripts: { ...SCRIPTS, ...scripts }, dependencies };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

const BENCH = { bench: 'node bench.js' };

/** A repository whose tests are run by what every machine here has. */
export const SUMS = {
  'README.md': '# Sums\n',
  'package.json': toManifest(BENCH),
  'bench.js': "import { cost } from './src/cost.js';\nconsole.log(`p99: ${cost} ms`);\n",
  'src/cost.js': 'export const cost = 10;\n',
  'test/cost.test.js':
    "import test from 'node:test';\nimport assert from 'node:assert';\nimport { cost } from '../src/cost.js';\ntest('costs', () => assert.ok(cost > 0));\n",
};

export const NEARLY_SLOW = { ...SUMS, 'src/cost.js': 'export const cost = 90;\n' };

/** It has tests and nothing else that judges. */
export const BARE = {
  ...SUMS,
  'package.json':
    '{ "type": "module", "scripts": { "test": "node --test" }, "dependencies": { "left-pad": "1.0.0" } }\n',
};

/** Its packages are not installed, so that nothing is fetched. */
export const UNINSTALLED = { ...SUMS, '.github/baton.yml': 'install: { enabled: false }\n' };

/** Its scanner finds something in every sum, and one team may approve what it finds. */
export const DANGEROUS = {
  ...SUMS,
  'package.json': toManifest({ security: 'node scan.js' }),
  'scan.js':
    "import { existsSync } from 'node:fs';\nif (existsSync('src/sum.js')) {\n  console.error('src/sum.js:2: critical: unbounded reduce');\n  process.exit(1);\n}\n",
  '.github/baton.yml': 'security:\n  approvers: [org-1/security]\n',
};

/** Where people agree to the record and to the merge. */
export const BY_HAND = { ...SUMS, '.github/baton.yml': 'delivery: { reviewAdr: true, autoMerge: true }\n' };

export const TICKET = {
  title: 'SUM-7: add up',
  body: 'Please add numbers up.\n\n## Acceptance criteria\n- [ ] the sum of 1 and 2 is 3\n- [ ] the sum of nothing is 0\n',
};

/** A plan with everything that its gates look for. */
export function aPlan(title: string): string {
  return [
    `# ${title}`,
    '## Configuration and code',
    '- Everything is code: nothing differs between two places.',
    '## Public interfaces',
    '- `sum(numbers)` in `src/sum.js`; no span, because it calls nothing',
    '## Files',
    '- `src/sum.js`: the sum\n- `test/sum.test.js`: its tests',
    '## Assets',
    '- numbers',
    '## Threats',
    '| asset | threat | stopped by |\n|---|---|---|\n| numbers | too many of them | one pass over them |\n',
  ].join('\n\n');
}
export const PLAN = aPlan('Add up');
export const TESTS =
  "import test from 'node:test';\nimport assert from 'node:assert';\n\ntest('AC1: the sum of 1 and 2 is 3', async () => {\n  const { sum } = await import('../src/sum.js');\n  assert.equal(sum([1, 2]), 3);\n});\n\ntest('AC2, policy: the sum of nothing is 0', async () => {\n  const { sum } = await import('../src/sum.js');\n  assert.equal(sum([]), 0);\n});\n";
const STUB = "export function sum(numbers) {\n  throw new Error('sum is not built yet');\n}\n";
export const SUM_BUILT =
  'export function sum(numbers) {\n  return numbers.reduce((total, one) => total + one, 0);\n}\n';

/** A change of one file, from nothing or from what was there. */
export function building(text: string, before = STUB): Call {
  return work('The sum is built.', replacingAll('src/sum.js', before, text));
}

/** A patch that puts one whole text in the place of another. */
export function replacingAll(path: string, before: string, after: string): string {
  const [old, now] = [before, after].map((text) => text.replace(/\n$/, '').split('\n'));
  return [
    `diff --git a/${path} b/${path}`,
    `--- a/${path}`,
    `+++ b/${path}`,
    `@@ -1,${old?.length ?? 0} +1,${now?.length ?? 0} @@`,
    ...(old ?? []).map((line) => `-${line}`),
    ...(now ?? []).map((line) => `+${line}`),
    '',
  ].join('\n');
}

/** Another plan in the place of one. */
export function planning(text: string, before: string): Call {
  return reporting({ newDependency: false }, 'Otherwise.', replacingAll('docs/plan/SUM-7.md', before, text));
}

/** The seven phases, all of which do well at once. */
export function goodPhases(changes: Calls = {}): Calls {
  return {
    'planning.1': reporting({ newDependency: false }, 'One function.', adding('docs/plan/SUM-7.md', PLAN)),
    'test-definition.1': work('Two tests.', adding('test/sum.test.js', TESTS)),
    'scaffolding.1': work('One file.', adding('src/sum.js', STUB)),
    'implementation.1': building(SUM_BUILT),
    'security.1': work(
      'No threat is open.',
      adding('docs/security/SUM-7-threats.md', '# Threats\n\nNone is open.\n'),
    ),
    'telemetry.1': work('Nothing crosses a border, so there is nothing to trace.'),
    'documentation.1': work('The sum is a function.', adding('docs/adr/ADR-1-sum.md', aRecord())),
    'review.1': approving,
    ...changes,
  };
}

export const LEFT_PAD = { 'left-pad': '1.3.0' };
export const LOCK = {
  lockfileVersion: 3,
  packages: {
    '': { dependencies: LEFT_PAD },
    'node_modules/left-pad': {
      version: '1.3.0',
      resolved: 'https://registry.npmjs.org/left-pad/-/left-pad-1.3.0.tgz',
    },
  },
};
const REASON = '- `left-pad`: nothing that is here pads a text; WTFPL, kept up';

/** The same with a plan that names a dependency, which the planner reports, and with code that takes it. */
export const PADDED: Calls = goodPhases({
  'planning.1': reporting(
    { newDependency: true },
    'One function.',
    adding('docs/plan/SUM-7.md', `${PLAN}\n\n## New dependencies\n\n${REASON}\n`),
  ),
  'implementation.1': work(
    'The sum is built.',
    replacingAll('src/sum.js', STUB, SUM_BUILT) +
      replacingAll('package.json', SUMS['package.json'], toManifest(BENCH, LEFT_PAD)) +
      adding('package-lock.json', `${JSON.stringify(LOCK, null, 2)}\n`),
  ),
  'documentation.1': work(
    'The sum is a function.',
    adding(
      'docs/adr/ADR-1-sum.md',
      aRecord().replace('## New dependencies\n\nNone.', `## New dependencies\n\n${REASON}`),
    ),
  ),
});
