import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { expect } from 'vitest';
import { openMcp } from '../../src/composition/open-mcp.ts';
import { toSecret } from '../../src/config/secret.ts';
import type { Log } from '../../src/ports/log.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

export const TOKEN = 'a-token-that-is-only-used-in-these-tests';

export const SPEC = `# Spec

## Implementation Phases

### Phase 1: Words
- Write the words

Modules: words
Test Command: test -f words.txt
Success Criteria:
- words.txt exists

### Phase 2: Numbers
- Write the numbers

Modules: numbers
Test Command: test -f numbers.txt
Success Criteria:
- numbers.txt exists
`;

/** What a tool answered: its fields, or the text of its refusal. */
export type Reply = { readonly [field: string]: unknown } | string;

export interface Agent {
  readonly client: Client;
  call(tool: string, input: Readonly<Record<string, unknown>>): Promise<Reply>;
  /** The fields of an answer. Fails when it was refused. */
  get(tool: string, input: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>>;
}

export interface LogLine {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly message: string;
}

/** A started state machine over HTTP, with a database, a home and a place for repositories. */
export interface McpScene {
  readonly directory: string;
  readonly home: string;
  readonly url: string;
  readonly database: TestDatabase;
  readonly lines: LogLine[];
  makeRepository(name: string, files?: Readonly<Record<string, string>>): string;
  connect(): Promise<Agent>;
  /** A process of its own, as a client would start it. */
  connectStdio(): Promise<Agent & { readonly pid: number }>;
  close(): Promise<void>;
}

export async function startMcpScene(): Promise<McpScene> {
  const directory = await realpath(await mkdtemp(join(tmpdir(), 'baton-mcp-')));
  const database = await createTestDatabase();
  const lines: LogLine[] = [];
  const clients: Client[] = [];
  const home = join(directory, 'home');
  mkdirSync(home, { mode: 0o700 });
  const roots = [join(directory, 'projects')];
  const log = toLog(lines);
  const mcp = await openMcp(
    { home, mcp: { roots, listen: { host: '127.0.0.1', port: 0, token: toSecret(TOKEN), names: [] } } },
    { databaseUrl: database.url, log },
  );
  const url = String(lines.find(({ fields }) => 'url' in fields)?.fields['url']);
  return {
    directory,
    home,
    url,
    database,
    lines,
    makeRepository: (name, files = {}) => makeRepository(join(directory, 'projects', name), files),
    async connect() {
      const transport = new StreamableHTTPClientTransport(new URL(url), {
        requestInit: { headers: { authorization: `Bearer ${TOKEN}` } },
      });
      return toAgent(await open(clients, transport));
    },
    async connectStdio() {
      const transport = new StdioClientTransport({
        command: process.execPath,
        args: [resolve('src/cli.ts'), 'mcp'],
        env: {
          PATH: process.env['PATH'] ?? '',
          BATON_HOME: home,
          DATABASE_URL: database.url,
          BATON_MCP_ROOTS: roots.join(','),
        },
        stderr: 'ignore',
        cwd: directory,
      });
      const agent = toAgent(await open(clients, transport));
      return { ...agent, pid: transport.pid ?? 0 };
    },
    async close() {
      await Promise.all(clients.map((client) => client.close().catch(() => undefined)));
      await mcp?.close();
      await database.drop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function open(clients: Client[], transport: StdioClientTransport | StreamableHTTPClientTransport) {
  const client = new Client({ name: 'test', version: '1' });
  clients.push(client);
  await client.connect(transport);
  return client;
}

function toAgent(client: Client): Agent {
  async function call(tool: string, input: Readonly<Record<string, unknown>>): Promise<Reply> {
    const { isError, content, structuredContent } = await client.callTool({ name: tool, arguments: input });
    const [first] = content;
    const text = first?.type === 'text' ? first.text : '';
    return isError === true ? text : { ...Object(structuredContent) };
  }
  return {
    client,
    call,
    async get(tool, input) {
      const reply = await call(tool, input);
      if (typeof reply === 'string') {
        throw new Error(`${tool} was refused: ${reply}`);
      }
      return reply;
    },
  };
}

function toLog(lines: LogLine[]): Log {
  function add(fields: Readonly<Record<string, unknown>>, message: string): void {
    lines.push({ fields, message });
  }
  return { debug: add, info: add, warn: add, error: add };
}

/** Runs git as a person would, without the machine's own configuration. */
export function git(directory: string, ...args: readonly string[]): string {
  return execFileSync('git', args, {
    cwd: directory,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      HOME: '/nonexistent',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_AUTHOR_NAME: 'Ada',
      GIT_AUTHOR_EMAIL: 'ada@example.com',
      GIT_COMMITTER_NAME: 'Ada',
      GIT_COMMITTER_EMAIL: 'ada@example.com',
    },
  }).trim();
}

export function write(directory: string, path: string, text: string): void {
  mkdirSync(dirname(join(directory, path)), { recursive: true });
  writeFileSync(join(directory, path), text);
}

function makeRepository(directory: string, files: Readonly<Record<string, string>>): string {
  expect(existsSync(directory)).toBe(false);
  mkdirSync(directory, { recursive: true });
  git(directory, 'init', '--quiet', '--initial-branch=main');
  write(directory, 'README.md', '# Example\n');
  for (const [path, text] of Object.entries(files)) {
    write(directory, path, text);
  }
  git(directory, 'add', '--all');
  git(directory, 'commit', '--quiet', '--message=Begin');
  return directory;
}
