import { type Finding, MAX_FINDINGS } from '../../domain/finding.ts';
import { readXml } from './read-xml.ts';
import { type Report, ReportFault } from './report.ts';
import { findPlace, toPlace } from './to-place.ts';

const MAX_TEXT = 4_000;
const MAX_NAME = 200;
const MAX_MESSAGE = 500;

type Attributes = Readonly<Record<string, string>>;

/** Where the reading is, and what was counted so far. */
interface Reading {
  readonly root: string;
  readonly findings: Finding[];
  suites: number;
  ran: number;
  failed: number;
  testcase: { readonly attributes: Attributes; outcome: 'passed' | 'skipped' | 'failed' } | null;
  failure: { readonly attributes: Attributes; text: string } | null;
}

/**
 * Counts the tests of a JUnit report one by one: what its sums say may be anything. A failure outside of a test, as of a
 * file that could not be loaded, counts as a failed test. `root` is where the tree was.
 * @throws ReportFault
 */
export function parseJunit(document: string, root: string): Report {
  const reading: Reading = {
    root,
    findings: [],
    suites: 0,
    ran: 0,
    failed: 0,
    testcase: null,
    failure: null,
  };
  readXml(document, {
    open: (name, attributes) => open(reading, name, attributes),
    text(text) {
      if (reading.failure !== null && reading.failure.text.length < MAX_TEXT) {
        reading.failure.text += text.slice(0, MAX_TEXT);
      }
    },
    close: (name) => close(reading, name),
  });
  if (reading.suites === 0) {
    throw new ReportFault('it has no test suite');
  }
  const { ran, failed, findings } = reading;
  return { kind: 'tests', ran, failed, findings };
}

function open(reading: Reading, name: string, attributes: Attributes): void {
  switch (name) {
    case 'testsuites':
    case 'testsuite':
      reading.suites += 1;
      break;
    case 'testcase':
      reading.testcase = { attributes, outcome: 'passed' };
      break;
    case 'failure':
    case 'error':
      reading.failure = { attributes, text: '' };
      break;
    case 'skipped':
      if (reading.testcase?.outcome === 'passed') {
        reading.testcase.outcome = 'skipped';
      }
      break;
  }
}

function close(reading: Reading, name: string): void {
  const { testcase, failure } = reading;
  if (failure !== null && (name === 'failure' || name === 'error')) {
    closeFailure(reading, failure);
    reading.failure = null;
  } else if (testcase !== null && name === 'testcase') {
    reading.ran += testcase.outcome === 'skipped' ? 0 : 1;
    reading.failed += testcase.outcome === 'failed' ? 1 : 0;
    reading.testcase = null;
  }
}

function closeFailure(reading: Reading, failure: NonNullable<Reading['failure']>): void {
  const { testcase, findings } = reading;
  if (findings.length < MAX_FINDINGS) {
    findings.push(toFinding(reading.root, testcase?.attributes ?? {}, failure));
  }
  if (testcase === null) {
    reading.ran += 1;
    reading.failed += 1;
  } else {
    testcase.outcome = 'failed';
  }
}

function toFinding(root: string, test: Attributes, failure: NonNullable<Reading['failure']>): Finding {
  const name = [test['classname'], test['name']].filter(Boolean).join(' > ').slice(0, MAX_NAME);
  const why = (failure.attributes['message'] ?? failure.text).trim().slice(0, MAX_MESSAGE);
  const named = toPlace(root, test['file'], Number(test['line']));
  const place = named.line === undefined ? { ...named, ...findPlace(root, failure.text) } : named;
  return {
    ...place,
    message: `${name || 'A test'} failed: ${why || 'no reason is given'}`,
    severity: 'error',
  };
}
