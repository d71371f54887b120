import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXAMPLES } from '../../support/examples.ts';
import type { PHASES } from './delivery-story.ts';

/** What tools leave behind where somebody has tried the example. */
const LEFT_BEHIND = /(?:^|\/)(?:node_modules|__pycache__|\.[a-z]+_cache|\.coverage)(?:\/|$)/;

/** What a delivery of an example leaves behind. */
export interface ExampleDelivery {
  /** The key of its ticket. */
  readonly ticket: string;
  /** By phase: the check runs on the commit that ends it, those that were skipped with a dash in front. */
  readonly phases: Readonly<Record<(typeof PHASES)[number], readonly string[]>>;
  /** By criterion of success: met or not, and how it is seen. */
  readonly success: Readonly<Record<string, RegExp>>;
  /** The files of the pull request. */
  readonly files: readonly string[];
  readonly tests: number;
}

const SECURITY = ['gates-kept', 'log-privacy', 'protected-files', 'secrets', 'security-scan'];
const CODE =
  'coverage dead-code dependencies-justified diff-size format gates-kept lint no-placeholders protected-files secrets tests tests-kept types'.split(
    ' ',
  );
const ALIKE = {
  planning: ['checks-set-up', 'plan', 'protected-files', 'secrets'],
  'test-definition': ['collect', 'criteria-covered', 'secrets', 'tests-kept', '- integration-tests'],
  scaffolding: ['files-planned', 'lint', 'secrets', 'types'],
  implementation: CODE,
  telemetry: ['performance', 'secrets', 'telemetry', 'tests'],
};
const PROPOSED = [...CODE, 'adr', 'criteria-covered', 'log-privacy', 'review', 'success', 'telemetry'];
const WATCHED =
  /^met \| telemetry: Watched: 1 public interface, 1 added log statement; without a span by the plan: /;
const MET = {
  'All seven phases are complete, and none was rolled back':
    /^met \| done: planning, test-definition, scaffolding, implementation, security, telemetry, documentation$/,
  'No critical security finding': /^met \| security-scan: security passed in .*secrets: No secret in/,
  'Tests cover what is asked': /^met \| coverage: .* 9\d\.\d % of the lines are covered\.$/,
  'No dead code': /^met \| dead-code: dead-code passed/,
  'Every acceptance criterion has a test': /^met \| criteria-covered: Each of 4 criteria has a test\.$/,
  'Every public interface has telemetry, with the ids of request and call': WATCHED,
  'Log lines are JSON, and their literals ASCII': WATCHED,
  'The p99 latency is within its target': /^met \| performance: p99 [\d.]+ ms before, [\d.]+ ms after/,
  'The decision record is approved': /^not applicable \| the settings of this repository do not turn it on$/,
  'Every check of the proposed code is green': /^met \| tests: .*lint: .*types: .*format: .* passed in/,
};
const [SECRETS, STACK] = ['Secrets come from where they should', 'The stack is as agreed'];

export type ExampleName = 'orders-api' | 'invoices';

export const DELIVERIES: Readonly<Record<ExampleName, ExampleDelivery>> = {
  'orders-api': {
    ticket: 'ORD-7',
    phases: {
      ...ALIKE,
      security: [...SECURITY, '- dependency-audit', '- raw-secrets', '- stack'],
      documentation: [...PROPOSED, '- raw-secrets', '- stack'],
    },
    success: { ...MET, [SECRETS]: /^not applicable \| raw-secrets: /, [STACK]: /^not applicable \| stack: / },
    files: [
      'README.md',
      'docs/adr/ADR-1-order-summary.md',
      'docs/plan/ORD-7.md',
      'docs/security/ORD-7-threats.md',
      'src/api.ts',
      'src/node.d.ts',
      'src/summary.ts',
      'src/telemetry.ts',
      'test/summary.test.ts',
      'test/telemetry.test.ts',
    ],
    tests: 21,
  },
  invoices: {
    ticket: 'INV-12',
    phases: {
      ...ALIKE,
      security: [...SECURITY, 'dependency-audit', 'raw-secrets', 'stack'],
      documentation: [...PROPOSED, 'raw-secrets', 'stack'],
    },
    success: {
      ...MET,
      [SECRETS]: /^met \| raw-secrets: No secret is read/,
      [STACK]: /^met \| stack: What is declared keeps to the rules/,
    },
    files: [
      'README.md',
      'app/__main__.py',
      'app/discounts.py',
      'docs/adr/ADR-1-discounts.md',
      'docs/plan/INV-12.md',
      'docs/security/INV-12-threats.md',
      'tests/test_discounts.py',
    ],
    tests: 12,
  },
};

/** The files of an example repository, by their paths. */
export function readExample(name: string): Readonly<Record<string, string>> {
  const root = join(EXAMPLES, name);
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .filter((path) => !LEFT_BEHIND.test(path));
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}
