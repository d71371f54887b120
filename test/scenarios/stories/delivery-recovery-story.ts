import { aRecord } from '../../support/decision-record.ts';
import { adding } from '../../support/patches.ts';
import type { Calls } from '../../support/recordings.ts';
import { reporting, work } from '../agents.ts';
import { aPlan, LEFT_PAD, LOCK, NEARLY_SLOW, replacingAll, toManifest } from './delivery-story.ts';
import { partOfDelivery } from './part-of-delivery.ts';

type Files = Readonly<Record<string, string>>;

/** Secrets come from a store here. */
export const NO_ENVIRONMENT: Files = {
  'package.json': toManifest({}),
  ...partOfDelivery('scaffolding', 'security', 'security-gates', 'pull-request'),
  '.github/baton.yml': 'delivery: { environmentSecrets: forbid }\n',
};

/** Its tool for dead code finds one file. */
const SCRIPTS = {
  test: 'true',
  'dead-code': 'test ! -e src/dead.js',
  coverage: 'echo "All files | 90 | 90 | 90 | 90 |"',
};
export const TIDY: Files = {
  'package.json': toManifest(SCRIPTS),
  ...partOfDelivery('planning', 'dependency-approval', 'implementation', 'implementation-gates'),
  // So that nothing is fetched.
  '.github/baton.yml': 'install: { enabled: false }\n',
};

export const SLOW: Files = { ...NEARLY_SLOW, ...partOfDelivery('telemetry', 'performance-gates') };

const PLAN = `${aPlan('Pad')}\n\n## New dependencies\n\n- \`left-pad\`: nothing that is here pads a text; WTFPL, kept up\n`;
const KEYS = "export const key = process.env['SUMS_API_KEY'];\n";

/** What the agents of all of these do: each has steps of its own. */
export const TROUBLE: Calls = {
  'scaffolding.1': work('One file.', adding('src/sum.js', 'export const sums = [];\n')),
  'security.1': work('It asks for a key.', adding('src/keys.js', KEYS)),
  'security.2': work('It still does.', adding('src/keys.js', KEYS)),
  'planning.1': reporting({ newDependency: false }, 'One function.', adding('docs/plan/SUM-7.md', PLAN)),
  'implementation.1': work(
    'It is padded.',
    adding('src/dead.js', 'export const dead = 1;\n') +
      replacingAll('package.json', toManifest(SCRIPTS), toManifest(SCRIPTS, LEFT_PAD)) +
      adding('package-lock.json', `${JSON.stringify(LOCK, null, 2)}\n`),
  ),
  'implementation.2': work('It is used.', adding('src/sum.js', 'export const sums = [];\n')),
  'telemetry.1': costing(105, 90),
  'telemetry.2': costing(104, 105),
  'telemetry.3': costing(103, 104),
  'telemetry.4': work(
    'No change keeps it.',
    adding('docs/adr/ADR-1-sum.md', aRecord().replace('under 100 ms', 'under 110 ms')),
  ),
};

function costing(cost: number, before: number) {
  const [old = '', now = ''] = [before, cost].map((value) => `export const cost = ${value};\n`);
  return work(`It costs ${cost}.`, replacingAll('src/cost.js', old, now));
}
