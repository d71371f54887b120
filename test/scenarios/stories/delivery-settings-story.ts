import { adding } from '../../support/patches.ts';
import type { Call, Calls } from '../../support/recordings.ts';
import { work } from '../agents.ts';
import {
  aPlan,
  goodPhases,
  NEARLY_SLOW,
  PLAN,
  planning,
  replacingAll,
  TESTS,
  toManifest,
} from './delivery-story.ts';
import { partOfDelivery } from './part-of-delivery.ts';

/** As far as settings reach, without what none of them changes. */
const PHASES = partOfDelivery(
  'criteria',
  'planning',
  'planning-gates',
  'test-definition',
  'test-definition-gates',
  'implementation',
  'implementation-gates',
  'security',
  'security-gates',
  'telemetry',
  'performance-gates',
);

const SCRIPTS = { bench: 'node bench.js', coverage: 'node coverage.js', security: 'node scan.js' };

/** A repository whose checks say what the work itself says of it. */
export function toJudging(settings: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return {
    ...NEARLY_SLOW,
    ...PHASES,
    'package.json': toManifest(SCRIPTS),
    'coverage.js':
      "import { covered } from './src/sum.js';\nconsole.log(`All files | ${covered} | ${covered} | ${covered} | ${covered} |`);\n",
    'scan.js':
      "import { readFileSync } from 'node:fs';\nif (readFileSync('docs/security/SUM-7-threats.md', 'utf8').includes('open: 1')) {\n  console.error('src/sum.js:1: critical: unbounded loop');\n  process.exit(1);\n}\n",
    ...settings,
  };
}

/** What each attempt at the code makes of it: three wrong sums, then a right one with more and more tests. */
const SUMS = [
  toSum('numbers.length', 84),
  toSum('numbers[0]', 84),
  toSum('numbers.at(-1)', 84),
  toSum('numbers.reduce((total, one) => total + one, 0)', 84),
  toSum('numbers.reduce((total, one) => total + one, 0)', 87),
];
const PLANS = [PLAN, aPlan('Add up, otherwise'), aPlan('Add up, once more otherwise')];
const COSTS = [90, 105, 95, 91].map((cost) => `export const cost = ${cost};\n`);
const THREATS = ['open: 1', 'open: 0'].map((open) => `# Threats\n\n${open}\n`);

function toSum(result: string, covered: number): string {
  return `export const covered = ${covered};\n\nexport function sum(numbers) {\n  return ${result};\n}\n`;
}

/** Work that is told apart by the settings of whoever judges it, never by who does it. */
export const SAME_WORK: Calls = {
  'planning.1': goodPhases()['planning.1'] ?? work('One function.'),
  ...attempts('planning', PLANS.slice(1), (text, index) => planning(text, PLANS[index] ?? '')),
  'test-definition.1': work('Two tests.', adding('test/sum.test.js', TESTS)),
  'test-definition.2': work(
    'One more.',
    adding('test/integration/sum.test.js', TESTS.replaceAll('../src/', '../../src/')),
  ),
  'test-definition.3': work('Still right.'),
  'test-definition.4': work('Still right.'),
  'implementation.1': work('It counts.', adding('src/sum.js', SUMS[0] ?? '')),
  ...attempts('implementation', SUMS.slice(1), (text, index) => rewriting('src/sum.js', text, SUMS[index])),
  'security.1': work('One is open.', adding('docs/security/SUM-7-threats.md', THREATS[0] ?? '')),
  'security.2': rewriting('docs/security/SUM-7-threats.md', THREATS[1] ?? '', THREATS[0]),
  'telemetry.1': rewriting('src/cost.js', COSTS[1] ?? '', COSTS[0]),
  ...attempts('telemetry', COSTS.slice(2), (text, index) => rewriting('src/cost.js', text, COSTS[index + 1])),
};

/** The second attempt at a step and those after it, each of which changes what the one before has left. */
function attempts(
  step: string,
  texts: readonly string[],
  toCall: (text: string, before: number) => Call,
): Calls {
  return Object.fromEntries(texts.map((text, index) => [`${step}.${index + 2}`, toCall(text, index)]));
}

function rewriting(path: string, text: string, before = ''): Call {
  return work('Otherwise.', replacingAll(path, before, text));
}
