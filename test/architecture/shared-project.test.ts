import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';
import { expect, test } from 'vitest';
import { WITHOUT_STATE } from '../../vitest.config.ts';

/** What outlives a test file, when many share one process. What is undone by a call is allowed beside that call. */
const TRACES: readonly { readonly name: string; readonly trace: RegExp; readonly undone?: RegExp }[] = [
  { name: 'nock', trace: /from 'nock'/ },
  { name: 'the proxy of the process', trace: /\bsetGlobalProxyFromEnv\b|\buseProxy\(/ },
  {
    name: 'the environment',
    trace:
      /\bprocess\.env(?:\.\w+|\[[^\]]+\])\s*\??\??=[^=]|\bdelete process\.env|Object\.assign\(process\.env/,
  },
  { name: 'a stubbed environment', trace: /\bvi\.stubEnv\(/, undone: /\bvi\.unstubAllEnvs\(/ },
  { name: 'a stubbed global', trace: /\bvi\.stubGlobal\(/, undone: /\bvi\.unstubAllGlobals\(/ },
  { name: 'a replaced module', trace: /\bvi\.(?:mock|doMock)\(/ },
  { name: 'the working directory', trace: /\bprocess\.chdir\(/ },
  {
    name: 'the engine',
    trace: /from '(?:@dbos-inc\/dbos-sdk|.*\/(?:create-engine|assemble-baton|start-baton)\.ts)'/,
  },
];

function findTraces(text: string): readonly string[] {
  const code = withoutPrograms(text);
  return TRACES.filter(({ trace, undone }) => trace.test(code) && undone?.test(code) !== true).map(
    ({ name }) => name,
  );
}

/** Programs that a test holds as texts, to have them judged, do nothing in its own process. */
function withoutPrograms(text: string): string {
  const texts: { readonly start: number; readonly end: number }[] = [];
  new Visitor({
    Literal: (node) => void texts.push(node),
    TemplateElement: (node) => void texts.push(node),
  }).visit(parseSync('a.test.ts', text).program);
  return texts
    .filter(({ start, end }) => text.slice(start, end).includes('process.env'))
    .toSorted((one, other) => other.start - one.start)
    .reduce((left, { start, end }) => left.slice(0, start) + left.slice(end), text);
}

/** A test and all of `test` that it loads. */
function listLoaded(file: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(file) || !file.startsWith('test/') || !existsSync(file)) {
    return seen;
  }
  seen.add(file);
  const imports = readFileSync(file, 'utf8').matchAll(/(?:from|import\() ?'(?<path>\.[^']+\.ts)'/g);
  for (const { groups } of imports) {
    listLoaded(join(dirname(file), groups?.['path'] ?? ''), seen);
  }
  return seen;
}

test('what shares a process leaves nothing behind in it', () => {
  const tests = globSync(WITHOUT_STATE).toSorted();
  expect(tests.length).toBeGreaterThan(100);
  const files = new Set(tests.flatMap((file) => [...listLoaded(file)]));
  const found = [...files].flatMap((file) =>
    findTraces(readFileSync(file, 'utf8')).map((trace) => `${file}: ${trace}`),
  );
  expect(found).toEqual([]);
});

test.each([
  ['nock', "import nock from 'nock';"],
  ['the proxy of the process', 'setGlobalProxyFromEnv({ https_proxy: url });'],
  ['the environment', "process.env['PORT'] = '1';"],
  ['the environment', "delete process.env['PORT'];"],
  ['a stubbed environment', "vi.stubEnv('PORT', '1');"],
  ['a stubbed global', "vi.stubGlobal('fetch', fetch);"],
  ['a replaced module', "vi.mock('node:fs');"],
  ['the working directory', 'process.chdir(home);'],
  ['the engine', "import { createEngine } from '../../src/engine/create-engine.ts';"],
])('%s is a trace: %s', (name, text) => {
  expect(findTraces(text)).toEqual([name]);
});

test.each([
  "vi.stubEnv('PORT', '1'); afterEach(() => void vi.unstubAllEnvs());",
  "if (process.env['PORT'] === '1') {}",
  "judge('process.env.PORT = 1');",
  'judge(`process.env.PORT = 1`);',
  "import type { Engine } from '../../src/ports/engine.ts';",
])('no trace: %s', (text) => {
  expect(findTraces(text)).toEqual([]);
});
