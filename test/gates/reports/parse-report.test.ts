import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseReport } from '../../../src/gates/reports/parse-report.ts';
import { cpuMs } from '../../support/cpu-ms.ts';

const ROOT = '/tmp/tree-1';
const FORMATS = [
  'junit',
  'sarif',
  'lcov',
  'cobertura',
  'go-cover',
  'bandit',
  'pip-audit',
  'npm-audit',
] as const;

function parse(format: (typeof FORMATS)[number], text: string) {
  return parseReport(format, text, ROOT);
}

describe('src/gates/reports/parse-junit.ts', () => {
  test('counts tests one by one, whatever the sums say, and says where they failed', () => {
    const report = `<?xml version="1.0"?>
      <testsuites tests="0" failures="0">
        <testsuite name="test/a.test.ts">
          <testcase classname="test/a.test.ts" name="adds"/>
          <testcase classname="test/a.test.ts" name="does &lt;not&gt; add">
            <failure message="expected 1 to be 2">Error: x\n ❯ ${ROOT}/test/a.test.ts:7:3\n ❯ node_modules/b.js:1:1</failure>
          </testcase>
          <testcase name="later"><skipped/></testcase>
        </testsuite>
        <testsuite><error message="no module"/></testsuite>
      </testsuites>`;
    expect(parse('junit', report)).toEqual({
      kind: 'parsed',
      report: {
        kind: 'tests',
        ran: 3,
        failed: 2,
        findings: [
          {
            path: 'test/a.test.ts',
            line: 7,
            message: 'test/a.test.ts > does <not> add failed: expected 1 to be 2',
            severity: 'error',
          },
          { message: 'A test failed: no module', severity: 'error' },
        ],
      },
    });
  });

  test.each([
    [
      'names the file and line of a test',
      `<testcase file="${ROOT}/a.py" line="3" name="t"><failure/></testcase>`,
      { path: 'a.py', line: 3 },
    ],
    [
      'leaves out a file elsewhere',
      '<testcase file="/etc/passwd" line="3" name="t"><failure/></testcase>',
      { path: undefined },
    ],
    [
      'leaves out a way up',
      '<testcase file="../a.ts" line="3" name="t"><failure/></testcase>',
      { path: undefined },
    ],
    [
      'takes the first place in a trace',
      '<testcase name="t"><failure><![CDATA[at f (src/b.ts:4:5)]]></failure></testcase>',
      { path: 'src/b.ts', line: 4 },
    ],
  ])('%s', (_, testcase, place) => {
    const parsed = parse('junit', `<testsuite>${testcase}</testsuite>`);
    const finding =
      parsed.kind === 'parsed' && 'findings' in parsed.report ? parsed.report.findings[0] : null;
    expect({ path: finding?.path, line: finding?.line }).toMatchObject(place);
  });

  test('counts a test once that fails twice', () => {
    const report = '<testsuite><testcase><failure/><error/></testcase></testsuite>';
    expect(parse('junit', report)).toMatchObject({ report: { ran: 1, failed: 1 } });
  });
});

function location(uri: string, startLine: number) {
  return [{ physicalLocation: { artifactLocation: { uri }, region: { startLine } } }];
}

describe('src/gates/reports/parse-sarif.ts', () => {
  test('counts errors, and leaves out what the tool has suppressed', () => {
    const results = [
      { message: { text: 'only this' } },
      {
        ruleId: 'no-x',
        level: 'error',
        message: { text: 'bad' },
        locations: location(`file://${ROOT}/src/a%20b.ts`, 2),
      },
      { level: 'error', suppressions: [{ kind: 'inSource' }] },
      { level: 'error', baselineState: 'absent' },
      { level: 'error', kind: 'pass' },
      { level: 'none', locations: location('../out.ts', 1) },
    ];
    expect(parse('sarif', JSON.stringify({ runs: [{ results }, { results: null }] }))).toEqual({
      kind: 'parsed',
      report: {
        kind: 'results',
        errors: 1,
        findings: [
          { path: 'src/a b.ts', line: 2, message: 'no-x: bad', severity: 'error' },
          { message: 'only this', severity: 'warning' },
          { message: 'The tool gives no reason.', severity: 'note' },
        ],
      },
    });
  });
});

describe('src/gates/reports: coverage', () => {
  test.each<[string, 'lcov' | 'cobertura', string, object]>([
    [
      'lines, each once',
      'lcov',
      'SF:a\nDA:1,1\nDA:1,0\nDA:2,0\nLF:9\nLH:9\nend_of_record\n',
      { covered: 1, lines: 2 },
    ],
    [
      'sums when there are no lines',
      'lcov',
      'TN:\nSF:a\nLF:4\nLH:9\nend_of_record\nSF:b\nLF:4\nLH:1\nend_of_record',
      { covered: 5, lines: 8 },
    ],
    ['nothing of what is no number', 'lcov', 'SF:a\nLF:-4\nLH:x\nend_of_record', { covered: 0, lines: 0 }],
    [
      'lines of classes, not of methods',
      'cobertura',
      `<!DOCTYPE coverage SYSTEM "http://cobertura.sourceforge.net/xml/coverage-04.dtd">
       <coverage line-rate="1"><classes><class><methods><method><lines><line hits="0"/></lines></method></methods>
       <lines><line number="1" hits="2"/><line number="2" hits="0"/><line hits="many"/></lines></class></classes></coverage>`,
      { covered: 1, lines: 3 },
    ],
  ])('counts %s of %s', (_, format, text, expected) => {
    expect(parse(format, text)).toEqual({ kind: 'parsed', report: { kind: 'coverage', ...expected } });
  });
});

/** A document whose one entity would become 10^9 times as long. */
function bomb(): string {
  const names = 'abcdefghi'.split('');
  const entities = names.map(
    (name, index) => `<!ENTITY ${name} "${`&${names[index - 1] ?? 'x'};`.repeat(10)}">`,
  );
  return `<!DOCTYPE x [${entities.join('')}]><testsuite><testcase name="&i;"/></testsuite>`;
}

describe('src/gates/reports/parse-report.ts', () => {
  test.each<[string, (typeof FORMATS)[number], string]>([
    ['entities of its own', 'junit', bomb()],
    [
      'a file as an entity',
      'junit',
      '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><testsuite>&f;</testsuite>',
    ],
    ['an entity that nobody declared', 'junit', '<testsuite>&f;</testsuite>'],
    ['an entity named as a part of objects', 'junit', '<testsuite>&constructor;</testsuite>'],
    ['too deep elements', 'junit', '<testsuite>'.repeat(65)],
    [
      'too many attributes',
      'junit',
      `<testsuite ${Array.from({ length: 101 }, (__, index) => `a${index}=""`).join(' ')}/>`,
    ],
    ['an open end', 'junit', '<testsuite><testcase>'],
    ['another document', 'junit', '<html></html>'],
    ['another document', 'cobertura', '<testsuite/>'],
    ['nothing', 'junit', ''],
    ['nothing', 'lcov', ''],
    ['nothing', 'sarif', ''],
    ['no runs', 'sarif', '{"runs":[]}'],
    [
      'a tool that fell over',
      'sarif',
      '{"runs":[{"results":[],"invocations":[{"executionSuccessful":false}]}]}',
    ],
    ['other JSON', 'sarif', '[]'],
    [
      'too many results',
      'sarif',
      JSON.stringify({ runs: [{ results: Array.from({ length: 20_001 }, () => 0) }] }),
    ],
  ])('refuses %s (%s)', (_, format, text) => {
    const parsed = parse(format, text);
    expect(parsed.kind).toBe('unreadable');
    expect(JSON.stringify(parsed)).not.toContain('root:');
  });

  test.each(FORMATS)('never throws, whatever a %s report holds', (format) => {
    const words = fc.constantFrom(
      '<testsuite>',
      '</testsuite>',
      '<testcase name="a">',
      '</testcase>',
      '<failure>',
      '</failure>',
      '<coverage>',
      '<line hits="1"/>',
      '<![CDATA[',
      ']]>',
      '<!--',
      '-->',
      '&amp;',
      '&#0;',
      '&x;',
      '<!DOCTYPE',
      '<?',
      '?>',
      '"',
      '{"runs":',
      '[',
      ']',
      '{',
      '}',
      '"results":',
      ',',
      'SF:a\n',
      'DA:1,1\n',
      'end_of_record\n',
      '\0',
      '\ud800',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(words, fc.string()), { maxLength: 60 }), (parts) => {
        const parsed = parse(format, parts.join(''));
        expect(['parsed', 'unreadable']).toContain(parsed.kind);
      }),
    );
  });

  // How long it takes depends on the machine; a parser that is not linear takes minutes for these.
  const SIZE = 256 * 1024;
  test.each<[string, string]>(
    [
      '<',
      '<a>',
      '<a ',
      '&amp;',
      '&',
      '&#x',
      '<!--',
      '<![CDATA[',
      '<?',
      '<!DOCTYPE',
      ']]>',
      '"',
      "<testcase a='",
      '[',
      '{"a":',
      '[{},',
      '"\\',
      'DA:1,1\n',
      'SF:',
      'a.b:1:1',
      '\n',
      '(a.ts:1',
      '<testsuite><testcase><failure>a.b:1 ',
    ].map((piece) => [piece, piece.repeat(Math.ceil(SIZE / piece.length)).slice(0, SIZE)]),
  )('reads 256 KiB of %j in every format', (_, text) => {
    const started = cpuMs();
    for (const format of FORMATS) {
      parse(format, text);
      parse(format, `<testsuite><testcase><failure>${text}`);
    }
    expect(cpuMs() - started).toBeLessThan(5_000);
  });
});
