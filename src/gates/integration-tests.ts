import picomatch from 'picomatch';
import { z } from 'zod';
import { defineGate } from '../domain/gate.ts';

/** Where the tests of several parts together are, in common languages. */
const INTEGRATION = [
  '**/*.{integration,int,e2e}.*',
  '**/*.{integration,int,e2e}.{test,spec}.*',
  '**/{integration,integration-tests,integration_tests,e2e,it}/**/*.{js,cjs,mjs,jsx,ts,cts,mts,tsx,py,go,rb}',
  '**/test_*_integration.py',
  '**/test_integration*.py',
  '**/*_integration_test.{py,go}',
];

const options = z.strictObject({
  required: z.boolean().default(true).describe('Whether a change needs one at all.'),
  globs: z.array(z.string().min(1)).min(1).default(INTEGRATION).describe('Globs of integration tests.'),
});

/** Whether parts are tested together is a matter of where tests are; what they prove is for the reviewer. */
export const gate = defineGate({
  name: 'integration-tests',
  summary: 'Fails a change that adds or changes no integration test.',
  options,
  async judge(evidence, { required, globs }) {
    if (!required) {
      return { kind: 'skip', summary: 'This repository does not require integration tests.' };
    }
    const isIntegration = picomatch(globs, { dot: true });
    const changed = await evidence.changedFiles();
    if (changed.length === 0) {
      return { kind: 'skip', summary: 'Nothing has changed.' };
    }
    const tests = changed.filter(({ path, status }) => status !== 'deleted' && isIntegration(path));
    if (tests.length > 0) {
      return { kind: 'pass', summary: `${tests.length} integration test file(s) are added or changed.` };
    }
    const message = `Add a test of the parts together, in a file such as tests/integration/orders.test.ts (${globs.slice(0, 2).join(', ')}).`;
    return {
      kind: 'fail',
      summary: 'No integration test is added or changed.',
      findings: [{ message, severity: 'error' }],
    };
  },
});
