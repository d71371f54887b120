import { z } from 'zod';
import { type Finding, MAX_FINDINGS } from '../../domain/finding.ts';
import { type Report, ReportFault } from './report.ts';
import { findPlace, type Place, toPlace } from './to-place.ts';

const MAX_TEXT = 4_000;
const MAX_MESSAGE = 500;

const eventSchema = z.object({
  Action: z.string(),
  Package: z.string().max(1_000).default(''),
  Test: z.string().max(1_000).default(''),
  Output: z.string().default(''),
});

/** A module, and the directory that it is in. */
const MODULE = /^(\S{1,1000}) (\/.{0,1000})$/;

/** Where and why `t.Errorf` and the like say that a test has failed. */
const SAID = /^\s{1,40}([^\s:/]{1,200}\.go):(\d{1,7}): (.{0,2000})/m;

interface Test {
  readonly package: string;
  readonly name: string;
  outcome: 'running' | 'pass' | 'skip' | 'fail';
  text: string;
}

/**
 * Counts the tests of `go test -json`, below lines of `go list -m -f '{{.Path}} {{.Dir}}'`: Go names files without their
 * directory, and packages by their module. A test that was begun and never ended has failed.
 * @throws ReportFault
 */
export function parseGoTest(document: string, root: string): Report {
  const modules: (readonly [string, string])[] = [];
  const tests = new Map<string, Test>();
  for (const line of document.trimEnd().split('\n')) {
    const [, path, directory] = MODULE.exec(line) ?? [];
    if (line.startsWith('{')) {
      note(tests, line);
    } else if (path !== undefined && directory !== undefined) {
      modules.push([path, directory]);
    }
  }
  if (modules.length === 0) {
    throw new ReportFault('it names no module');
  }
  const ended = [...tests.values()].filter(({ outcome }) => outcome !== 'skip');
  const failed = ended.filter(({ outcome }) => outcome !== 'pass');
  // A test fails with any that it is made of; those say why.
  const leaves = failed.filter(
    (one) => !failed.some((other) => other.package === one.package && other.name.startsWith(`${one.name}/`)),
  );
  const findings = leaves
    .slice(0, MAX_FINDINGS)
    .map((test) => toFinding(test, toDirectory(test.package, modules), root));
  return { kind: 'tests', ran: ended.length, failed: failed.length, findings };
}

function note(tests: Map<string, Test>, line: string): void {
  const { Action: action, Package: from, Test: name, Output: text } = readEvent(line);
  if (name === '') {
    return;
  }
  const key = `${from} ${name}`;
  const test = tests.get(key) ?? { package: from, name, outcome: 'running', text: '' };
  tests.set(key, test);
  if (action === 'pass' || action === 'fail' || action === 'skip') {
    test.outcome = action;
  } else if (test.text.length < MAX_TEXT && !/^\s*(?:=== |--- )/.test(text)) {
    test.text += text.slice(0, MAX_TEXT);
  }
}

function readEvent(line: string): z.infer<typeof eventSchema> {
  try {
    return eventSchema.parse(JSON.parse(line));
  } catch {
    throw new ReportFault(`it has a line that is no event: ${line.slice(0, 80)}`);
  }
}

/** As an absolute path; null when the package is of no module here. */
function toDirectory(from: string, modules: readonly (readonly [string, string])[]): string | null {
  const [found] = modules
    .filter(([path]) => from === path || from.startsWith(`${path}/`))
    .toSorted(([one], [other]) => other.length - one.length);
  return found === undefined ? null : `${found[1]}${from.slice(found[0].length)}`;
}

function toFinding({ name, text }: Test, directory: string | null, root: string): Finding {
  const [, file, line, why = text.trimStart().split('\n', 1)[0] ?? ''] = SAID.exec(text) ?? [];
  const place: Place =
    file === undefined
      ? findPlace(root, text)
      : toPlace(root, directory === null ? undefined : `${directory}/${file}`, Number(line));
  return {
    ...place,
    message: `${name} failed: ${why.trim().slice(0, MAX_MESSAGE) || 'no reason is given'}`,
    severity: 'error',
  };
}
