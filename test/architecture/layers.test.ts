import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copyProject, type ProjectCopy } from './copy-project.ts';

/** One forbidden arrow of each kind: the rule that names it, the file it starts in, and what that file says. */
const FORBIDDEN: readonly (readonly [rule: string, file: string, text: string])[] = [
  ['no-cycles', 'src/domain/planted-cycle-a.ts', "export * from './planted-cycle-b.ts';\n"],
  [
    'folders-see-domain-and-ports',
    'src/presentation/planted-type-import.ts',
    "export type { stepKind } from '../steps/agent.ts';\n",
  ],
  [
    'folders-see-domain-and-ports',
    'src/runtimes/planted-adapter.ts',
    "export * from '../store/planted-dev.ts';\n",
  ],
  ['domain-is-the-bottom', 'src/domain/planted-port.ts', "export type { Clock } from '../ports/clock.ts';\n"],
  [
    'domain-is-the-bottom',
    'src/domain/planted-package.ts',
    "export { default as match } from 'picomatch';\n",
  ],
  ['ports-see-domain', 'src/ports/planted-package.ts', "export type { Logger } from 'pino';\n"],
  ['catalog-sees-registries', 'src/catalog/planted.ts', "export { gate } from '../gates/secrets.ts';\n"],
  ['only-roots-compose', 'src/planted-root.ts', "export * from './domain/actor.ts';\n"],
  [
    'registries-are-for-the-catalog',
    'src/orchestration/planted.ts',
    "export { gates } from '../gates/registry.gen.ts';\n",
  ],
  ['plug-ins-do-not-see-siblings', 'src/gates/planted-sibling.ts', "export { gate } from './secrets.ts';\n"],
  [
    'plug-ins-do-not-see-siblings',
    'src/github/webhooks/planted-sibling.ts',
    "export { webhook } from './issues.ts';\n",
  ],
  ['plug-ins-do-not-see-siblings', 'src/gates/parts/planted.ts', "export { gate } from '../secrets.ts';\n"],
  ['pure-code-has-no-node', 'src/gates/planted-node.ts', "export { readFile } from 'node:fs/promises';\n"],
  [
    'src-runs-without-dev-dependencies',
    'src/store/planted-dev.ts',
    "export { default } from 'fast-check';\n",
  ],
  ['src-stands-alone', 'src/store/planted-test.ts', "export * from '../../test/planted.ts';\n"],
  ['probot-stays-in-github', 'src/dashboard/planted-probot.ts', "export type { Probot } from 'probot';\n"],
  [
    'octokit-stays-in-github',
    'src/dashboard/planted-octokit.ts',
    "export { Octokit } from '@octokit/rest';\n",
  ],
  [
    'simulator-is-not-made-of-octokit',
    'src/simulator/planted-octokit.ts',
    "export { Webhooks } from '@octokit/webhooks';\n",
  ],
  ['github-types-are-types', 'src/simulator/planted-types.ts', "export * from '@octokit/openapi-types';\n"],
  ['dbos-stays-in-engine', 'src/store/planted-dbos.ts', "export { DBOS } from '@dbos-inc/dbos-sdk';\n"],
  [
    'model-libraries-stay-in-runtimes',
    'src/gateway/planted-model.ts',
    "export { createOpenAI } from '@ai-sdk/openai';\n",
  ],
  ['sql-stays-in-store-and-engine', 'src/dashboard/planted-pg.ts', "export { Pool } from 'pg';\n"],
  ['sql-stays-in-store-and-engine', 'src/dashboard/planted-kysely.ts', "export { Kysely } from 'kysely';\n"],
  [
    'prices-stay-in-gateway',
    'src/store/planted-prices.ts',
    "export { calcPrice } from '@pydantic/genai-prices';\n",
  ],
  [
    'mcp-stays-in-mcp',
    'src/workspace/planted-mcp.ts',
    "export { McpServer } from '@modelcontextprotocol/server';\n",
  ],
  ['hono-stays-in-pages', 'src/mcp/planted-hono.ts', "export { Hono } from 'hono';\n"],
  ['hono-stays-in-pages', 'src/mcp/planted-server.ts', "export { serve } from '@hono/node-server';\n"],
];

/** Arrows that look alike and are fine. */
const ALLOWED: Readonly<Record<string, string>> = {
  'src/demo/planted-root.ts': "export { gate } from '../gates/secrets.ts';\n",
  'src/cli/planted-command.ts': "export { gate } from '../gates/secrets.ts';\n",
  'src/demo/planted-client.ts': "export { Octokit } from '@octokit/rest';\n",
  'src/catalog/planted-registry.ts': "export { gates } from '../gates/registry.gen.ts';\n",
  'src/simulator/planted-type-only.ts': "export type { components } from '@octokit/openapi-types';\n",
  'src/dashboard/planted-page.ts':
    "export { Hono } from 'hono';\nexport type { Clock } from '../ports/clock.ts';\n",
  'src/gates/planted-parts.ts': "export * from './parts/planted-shared.ts';\n",
  'src/store/planted-sql.ts': "export { Kysely } from 'kysely';\nexport { Pool } from 'pg';\n",
  'src/engine/planted-engine.ts': "export { DBOS } from '@dbos-inc/dbos-sdk';\n",
  'src/github/planted-app.ts': "export type { Probot } from 'probot';\n",
};

const SUPPORT: Readonly<Record<string, string>> = {
  'src/domain/planted-cycle-b.ts': "export * from './planted-cycle-a.ts';\n",
  'src/gates/parts/planted-shared.ts': 'export const shared = 1;\n',
  'test/planted.ts': 'export const planted = 1;\n',
};

let copy: ProjectCopy;
let result = { code: 0, output: '' };

/** Each fault is an arrow and, indented below it, its rule. */
function rulesAgainst(file: string): readonly string[] {
  const lines = result.output.split('\n');
  return lines.flatMap((line, index) =>
    line.startsWith(`${file} -> `) ? [lines[index + 1]?.trim().split(':')[0] ?? ''] : [],
  );
}

beforeAll(async () => {
  copy = await copyProject();
  await copy.write({
    ...Object.fromEntries(FORBIDDEN.map(([, file, text]) => [file, text])),
    ...ALLOWED,
    ...SUPPORT,
  });
  result = await copy.run('node', 'scripts/check-layers.ts');
});

afterAll(() => copy.remove());

describe('scripts/check-layers.ts', () => {
  test.each(FORBIDDEN)('names %s in %s', (rule, file) => {
    expect(rulesAgainst(file)).toContain(rule);
    expect(result.code).toBe(1);
  });

  test.each(Object.keys(ALLOWED))('says nothing against %s', (file) => {
    expect(rulesAgainst(file)).toEqual([]);
  });

  test('fails when files were not read', async () => {
    await copy.write({
      'rules.cjs': await readFile('.dependency-cruiser.cjs', 'utf8'),
      '.dependency-cruiser.cjs': `const { forbidden, options } = require('./rules.cjs');
        module.exports = { forbidden, options: { ...options, exclude: { path: '^src/ports' } } };`,
    });
    const { code, output } = await copy.run('node', 'scripts/check-layers.ts');
    expect(code).toBe(1);
    expect(output).toMatch(/\d+ files were not read, so the rule was not checked there: src\/ports\//);
  });
});
