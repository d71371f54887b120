import { describe, expect, test } from 'vitest';
import { readGoTests } from '../../../src/gates/test-blocks/read-go-tests.ts';

const HEAD = 'package sums\n\nimport "testing"\n\n';

/** Whether the line that says `AC1` stands in a test that always runs. */
async function runs(text: string, path = 'sums_test.go'): Promise<boolean> {
  const whole = text.includes('package ') ? text : `${HEAD}${text}`;
  const at = whole.indexOf('AC1');
  const around = ((await readGoTests(path, whole)) ?? []).filter(({ start, end }) => start <= at && at < end);
  return around.some(({ kind }) => kind === 'test') && around.every(({ isRun }) => isRun);
}

function body(...lines: readonly string[]): string {
  return `func TestAC1(t *testing.T) {\n${lines.map((line) => `\t${line}\n`).join('')}}\n`;
}

const CHECKS = 'if got := Sum(1); got != 1 { t.Errorf("got %d", got) }';

const LEAVES = 'if isCi { return }';

describe('src/gates/test-blocks/read-go-tests.ts', () => {
  test.each([
    ['compares', body(CHECKS)],
    ['asks a helper', body('check(t, Sum(1), 1)')],
    ['uses a library', body('require.Equal(t, 1, Sum(1))')],
    ['stops when its set-up fails', body('if err := open(); err != nil { t.Fatal(err) }', CHECKS)],
    [
      'leaves after a check',
      body(CHECKS, 'if testing.Short() { t.Skip("slow") }', 'if Sum(2) != 2 { t.Fail() }'),
    ],
    [
      'goes through a table',
      'func TestSum(t *testing.T) {\n\tfor _, c := range []struct{ name string }{{"AC1"}} {\n\t\tt.Run(c.name, func(t *testing.T) {\n\t\t\tif Sum(c) != 1 { t.Error("x") }\n\t\t})\n\t}\n}\n',
    ],
    [
      'passes over a case of a table',
      body('for _, c := range cases {', '\tif c.off { continue }', '\tcheck(t, c)', '}'),
    ],
    [
      'is a part of one',
      `func TestSum(t *testing.T) {\n\tt.Run("AC1", func(t *testing.T) { check(t) })\n}\n`,
    ],
    [
      'is a method of a suite',
      'func (s *Sums) TestAC1() { s.Equal(1, Sum(1)) }\nfunc TestSums(t *testing.T) { suite.Run(t, new(Sums)) }\n',
    ],
    ['checks in each case', body('switch kind {', 'case 1: check(t)', 'default: t.Fatal("x")', '}')],
    [
      'tries what a fuzzer gives',
      'func FuzzAC1(f *testing.F) { f.Add(1); f.Fuzz(func(t *testing.T, n int) { check(n) }) }\n',
    ],
    ['needs no more than Linux', `//go:build linux && !windows\n\n${HEAD}${body(CHECKS)}`],
    ['needs a Go of today', `//go:build go1.18 || never\n\n${HEAD}${body(CHECKS)}`],
    ['is left out only when a tag is asked for', `//go:build !integration\n\n${HEAD}${body(CHECKS)}`],
    ['has a rule of today beside an old one', `//go:build linux\n// +build linux\n\n${HEAD}${body(CHECKS)}`],
    ['checks in each case of a select', body('select {', 'case <-x: check(t)', 'case <-y: check(t)', '}')],
    ['is run by a library', `${body(CHECKS)}func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }\n`],
    [
      'is run by a helper',
      `${body(CHECKS)}func TestMain(m *testing.M) { os.Exit(run(m)) }\nfunc run(m *testing.M) int { return m.Run() }\n`,
    ],
    [
      'is run under another name',
      `${body(CHECKS)}func TestMain(all *testing.M) { code := all.Run(); os.Exit(code) }\n`,
    ],
    ['fails by a helper that is given it', body('sum := func(tb testing.TB) { tb.Fatal("x") }', 'sum(t)')],
    [
      'fails by its suite',
      'func (s *Sums) TestAC1() { if Sum(1) != 1 { s.T().Fatal("x") }; if a { s.FailNow("x") }; s.check() }\nfunc TestSums(t *testing.T) { suite.Run(t, new(Sums)) }\n',
    ],
    ['fails by what is made of it', body('c := qt.New(t)', 'if Sum(1) != 1 { c.Fatal("x") }', CHECKS)],
    ['makes an error and checks', body('err := fmt.Errorf("x")', 'if Sum(1) != err { t.Fail() }')],
  ])('a test runs that %s', async (_, text) => {
    expect(await runs(text)).toBe(true);
  });

  test.each([
    ['it says so', body('t.Skip("later")', CHECKS)],
    ['it says so at its end', body(CHECKS, 't.SkipNow()')],
    ['the run is short', body('if testing.Short() { t.Skip("slow") }', CHECKS)],
    ['something is missing', body('if os.Getenv("DB") == "" {', '\treturn', '}', CHECKS)],
    ['a case says so', body('switch runtime.GOOS {', 'case "linux":', '\tt.Skip()', '}', CHECKS)],
    ['it checks only somewhere', body('if isLocal { check(t, Sum(1)) }')],
    ['it returns at once', body('return', CHECKS)],
    ['it does nothing', body('t.Parallel()', 't.Log("AC1")')],
    [
      'it is a part that is skipped',
      'func TestSum(t *testing.T) {\n\tcheck(t)\n\tt.Run("AC1", func(t *testing.T) {\n\t\tt.Skip()\n\t})\n}\n',
    ],
    [
      'it is a part under a condition',
      'func TestSum(t *testing.T) {\n\tcheck(t)\n\tif isLocal {\n\t\tt.Run("AC1", func(t *testing.T) { check(t) })\n\t}\n}\n',
    ],
    [
      'it is a part behind the end',
      'func TestSum(t *testing.T) {\n\tcheck(t)\n\treturn\n\tt.Run("AC1", func(t *testing.T) { check(t) })\n}\n',
    ],
    ['Go does not take it for one', 'func Testac1(t *testing.T) { check(t, "AC1") }\n'],
    ['it takes something else', 'func TestAC1(a int) { check(a) }\n'],
    ['no suite has it', 'func (s *Sums) TestAC1() { s.Equal(1, Sum(1)) }\n'],
    ['it is a comment', '/*\nfunc TestAC1(t *testing.T) { check(t) }\n*/\n'],
    ['it is a text', 'var text = `\nfunc TestAC1(t *testing.T) { check(t) }\n`\n'],
    ['its file is asked for', `//go:build integration\n\n${HEAD}${body(CHECKS)}`],
    ['its file is for others', `//go:build linux && (windows || darwin)\n\n${HEAD}${body(CHECKS)}`],
    ['its file is for some machines', `//go:build !arm64\n\n${HEAD}${body(CHECKS)}`],
    ['its file is for some compilers', `//go:build cgo && !race\n\n${HEAD}${body(CHECKS)}`],
    ['its file is asked for behind a tab', `//go:build\tintegration\n\n${HEAD}${body(CHECKS)}`],
    ['its file has only an old rule', `// +build integration\n\n${HEAD}${body(CHECKS)}`],
    ['its file runs none', `${body(CHECKS)}func TestMain(m *testing.M) { os.Exit(0) }\n`],
    [
      'its file only speaks of a run',
      `${body(CHECKS)}func TestMain(m *testing.M) { os.Exit(0) /* m.Run() */ }\n`,
    ],
    ['a case of a select only waits', body('select {', 'case <-x: check(t)', 'case <-y:', '}')],
    ['only an error is made before its end', body('err := fmt.Errorf("x")', LEAVES, CHECKS)],
    ['only an error is read before its end', body('use(Sum(1).Error())', 'use(err.Error())', LEAVES, CHECKS)],
    ['only an answer is an error before its end', body('http.Error(w, "x", 500)', LEAVES, CHECKS)],
    ['only a log fails', body('if a { log.Fatal("x") }', LEAVES, CHECKS)],
  ])('a test need not run: %s', async (_, text) => {
    expect(await runs(text)).toBe(false);
  });

  test.each([
    'sums.go',
    'sums_windows_test.go',
    'sums_arm64_test.go',
    'testdata/sums_test.go',
    '_sums_test.go',
  ])('Go does not run the tests of %s wherever it is', async (path) => {
    expect(await runs(body(CHECKS), path)).toBe(false);
  });

  test('reads what is nested too deeply as nothing', async () => {
    expect(await readGoTests('a_test.go', `${HEAD}var a = ${'('.repeat(2_000)}`)).toBeNull();
  });
});
