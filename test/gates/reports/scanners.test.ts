import { describe, expect, test } from 'vitest';
import { type ParsedReport, parseReport } from '../../../src/gates/reports/parse-report.ts';

/** Written by `go test -coverprofile` of Go 1.19. */
const GO_COVER = `mode: set
example.com/sums/sum.go:4.29,6.30 2 1
example.com/sums/sum.go:9.2,9.14 1 1
example.com/sums/sum.go:6.30,8.3 1 1
example.com/sums/sum.go:12.30,13.23 1 0
example.com/sums/sum.go:16.2,16.36 1 0
example.com/sums/sum.go:13.23,15.3 1 0
`;

function findings(parsed: ParsedReport) {
  return parsed.kind === 'parsed' && 'findings' in parsed.report ? parsed.report.findings : parsed;
}

/** What bandit finds is read in test/examples/invoices.test.ts, and what npm says in test/orchestration/run-with-egress.test.ts. */
describe('src/gates/reports, of scanners', () => {
  test('counts a file that bandit could not read as one that nobody has looked at', () => {
    const text = JSON.stringify({
      results: [],
      errors: [{ filename: './app/a.py', reason: 'syntax error' }],
    });
    expect(parseReport('bandit', text, '/tree')).toMatchObject({
      report: {
        errors: 1,
        findings: [{ path: 'app/a.py', message: 'It could not be scanned: syntax error' }],
      },
    });
  });

  // By the documentation of pip-audit 2; no real output could be recorded.
  test('reads what pip-audit writes', () => {
    const text = JSON.stringify({
      dependencies: [
        {
          name: 'flask',
          version: '0.5',
          vulns: [
            { id: 'PYSEC-2019-179', aliases: ['CVE-2019-1010083'], fix_versions: ['1.0'], description: 'x' },
          ],
        },
        { name: 'ours', skip_reason: 'not on PyPI' },
        { name: 'jinja2', version: '3.1.6', vulns: [] },
      ],
      fixes: [],
    });
    expect(findings(parseReport('pip-audit', text, '/tree'))).toEqual([
      { message: 'flask 0.5: PYSEC-2019-179, CVE-2019-1010083; mended in 1.0', severity: 'error' },
      { message: 'ours was not audited: not on PyPI', severity: 'warning' },
    ]);
  });

  test('reads what npm audit writes', () => {
    const text = JSON.stringify({
      auditReportVersion: 2,
      vulnerabilities: {
        mkdirp: {
          name: 'mkdirp',
          severity: 'moderate',
          via: ['minimist'],
          range: '0.4 - 0.5',
          fixAvailable: true,
        },
        minimist: {
          name: 'minimist',
          severity: 'critical',
          via: [{ title: 'Prototype Pollution', url: 'https://github.com/advisories/GHSA-xvch-5gv4-984h' }],
          range: '<0.2.4',
          fixAvailable: { name: 'minimist', version: '1.2.8', isSemVerMajor: false },
        },
      },
    });
    expect(findings(parseReport('npm-audit', text, '/tree'))).toEqual([
      {
        message:
          'minimist <0.2.4: critical: Prototype Pollution https://github.com/advisories/GHSA-xvch-5gv4-984h: mended by minimist 1.2.8',
        severity: 'error',
        danger: 'critical',
      },
      {
        message: 'mkdirp 0.4 - 0.5: moderate: by minimist: an update mends it',
        severity: 'error',
        danger: 'medium',
      },
    ]);
    // What npm prints when its registry has no audit.
    const refused = '{ "message": "405 Method Not Allowed", "statusCode": 405, "error": { "summary": "" } }';
    expect(parseReport('npm-audit', refused, '/tree').kind).toBe('unreadable');
  });

  test.each([
    [{ 'security-severity': '9.8' }, undefined, 'critical'],
    [undefined, { 'security-severity': '7.0' }, 'high'],
    [{ 'security-severity': '1.2' }, { 'security-severity': '9.0' }, 'low'],
    [undefined, undefined, undefined],
    [{ 'security-severity': 'bad' }, undefined, undefined],
  ])('takes from SARIF how bad a finding is: %o, rule %o', (own, rule, danger) => {
    const run = {
      tool: { driver: { rules: [{ id: 'sql', properties: rule }] } },
      results: [{ ruleId: 'sql', level: 'error', message: { text: 'x' }, properties: own }],
    };
    const [finding] = [findings(parseReport('sarif', JSON.stringify({ runs: [run] }), '/tree'))].flat();
    expect(finding).toEqual({
      message: 'sql: x',
      severity: 'error',
      ...(danger === undefined ? {} : { danger }),
    });
  });

  test('counts statements of Go, each block once', () => {
    const counted = { kind: 'parsed', report: { kind: 'coverage', lines: 7, covered: 4 } };
    expect(parseReport('go-cover', GO_COVER, '/tree')).toEqual(counted);
    // Another package ran the same blocks, and not one more.
    const twice = `${GO_COVER}${GO_COVER.split('\n').slice(1).join('\n').replaceAll(/ 1$/gm, ' 0')}`;
    expect(parseReport('go-cover', twice, '/tree')).toEqual(counted);
    expect(parseReport('go-cover', `${GO_COVER}nonsense\n`, '/tree').kind).toBe('unreadable');
    expect(parseReport('go-cover', '', '/tree').kind).toBe('unreadable');
  });
});
