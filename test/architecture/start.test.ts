import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

/** What some settings, runtimes and gates need. */
const OPTIONAL: readonly string[] = [
  '@agentclientprotocol/sdk',
  '@ai-sdk/anthropic',
  '@lezer/python',
  '@modelcontextprotocol/node',
  '@modelcontextprotocol/server',
  '@pydantic/genai-prices',
  '@secretlint/node',
  'ai',
  'mcp',
  'oxc-parser',
  'prom-client',
];

/** What only `npm run baton`, the demo and the simulator need. */
const FOR_COMMANDS: readonly string[] = ['cli', 'demo', 'simulator'];

/** Imports a module of `src`, and prints the folders of `src` and the packages that were loaded with it. */
const PROBE = `
  import { registerHooks } from 'node:module';
  const loaded = new Set();
  registerHooks({
    load(url, context, next) {
      const owner = /.*\\/node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(url) ?? /\\/src\\/([^/]+)\\//.exec(url);
      loaded.add(owner?.[1]);
      return next(url, context);
    },
  });
  for (const module of process.argv.slice(1)) {
    await import(module);
  }
  console.log(JSON.stringify([...loaded]));
`;

async function listLoaded(...modules: readonly string[]): Promise<readonly string[]> {
  const urls = modules.map((module) => pathToFileURL(join(ROOT, 'src', module)).href);
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--input-type=module',
    '--eval',
    PROBE,
    ...urls,
  ]);
  return JSON.parse(stdout);
}

test('the larger part of the program is loaded while the database starts, not before', async () => {
  const loaded = await listLoaded('composition/serve.ts');
  expect(loaded).toEqual(expect.arrayContaining(['config', 'engine', 'sandbox', 'zod']));
  const later = [
    'catalog',
    'gates',
    'github',
    'orchestration',
    'store',
    'kysely',
    'probot',
    '@dbos-inc/dbos-sdk',
  ];
  expect(loaded.filter((name) => later.includes(name))).toEqual([]);
});

test('a server loads nothing that only commands need, and no library of what its operator has not asked for', async () => {
  const loaded = await listLoaded('composition/assemble-baton.ts', 'catalog/plug-ins.ts');
  expect(loaded).toEqual(expect.arrayContaining(['gates', 'kysely', 'probot', '@dbos-inc/dbos-sdk']));
  expect(loaded.filter((name) => [...OPTIONAL, ...FOR_COMMANDS].includes(name))).toEqual([]);
  // What has got another name would be looked for in vain.
  const places = [join(ROOT, 'src'), join(ROOT, 'node_modules')];
  expect(
    [...OPTIONAL, ...FOR_COMMANDS].filter((name) => !places.some((place) => existsSync(join(place, name)))),
  ).toEqual([]);
});
