import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SandboxedProcess } from '../../../src/ports/sandbox.ts';
import { type AgentQuarters, LINE_ADDRESS, startAgent } from '../../../src/runtimes/parts/start-agent.ts';
import { createBubblewrapSandbox } from '../../../src/sandbox/create-bubblewrap-sandbox.ts';
import { createOpenSandbox } from '../../../src/sandbox/create-open-sandbox.ts';
import { collect, findProcesses, until } from '../../sandbox/support/host.ts';
import { SILENT } from '../../support/examples.ts';
import { createTestLines, type TestLines } from '../../support/model-line.ts';
import { type ModelServer, startModelServer } from '../../support/model-server.ts';

const NEVER = new AbortController().signal;
const SANDBOXES = [createBubblewrapSandbox({ log: SILENT }), createOpenSandbox()] as const;

/** An agent that asks its model twice, and says back what it is told. */
const ASKING = `import { createInterface } from 'node:readline';
const [address] = process.argv.slice(1);
for await (const line of createInterface({ input: process.stdin })) {
  if (line === 'leave') process.exit(7);
  const answers = await Promise.all([1, 2].map(() => fetch(address + '/v1/chat/completions', {
    method: 'POST',
    headers: { authorization: 'Bearer ' + process.env.TOKEN, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'm', messages: [{ role: 'user', content: line }] }),
  }).then((answer) => answer.json())));
  console.log(JSON.stringify([process.env.ADDRESS === address, ...answers.map(({ choices }) => choices[0].message.content)]));
}`;

function toLine(said: string): string {
  const heard = `heard ${JSON.stringify(said)}`;
  return JSON.stringify([true, heard, heard]);
}

let server: ModelServer;
let lines: TestLines;
let tree: string;

beforeEach(async () => {
  server = await startModelServer(({ messages }) => ({
    text: `heard ${JSON.stringify(messages[0]?.content)}`,
  }));
  lines = await createTestLines(server.url);
  tree = mkdtempSync(join(tmpdir(), 'baton-agent-'));
});

afterEach(async () => {
  rmSync(tree, { recursive: true, force: true });
  await Promise.all([server.stop(), lines.close()]);
});

async function start(
  sandbox: AgentQuarters['sandbox'],
  argv: readonly [string, ...string[]],
  quarters: Partial<AgentQuarters> = {},
): Promise<SandboxedProcess> {
  const line = await lines.open(['m']);
  return startAgent(
    { argv, environment: { ADDRESS: LINE_ADDRESS, TOKEN: line.token }, readOnly: [] },
    {
      sandbox,
      line,
      tree: { path: tree, access: 'write' },
      tools: { readOnly: [], path: [] },
      timeoutMs: 20_000,
      ...quarters,
    },
    NEVER,
  );
}

describe.each(SANDBOXES)('src/runtimes/parts/start-agent: in the sandbox $kind', (sandbox) => {
  it('lets a program ask its models, and nothing comes between it and who started it', async () => {
    const agent = await start(sandbox, [process.execPath, '--input-type=module', '-e', ASKING, LINE_ADDRESS]);
    const said = agent.lines[Symbol.asyncIterator]();
    agent.send('hello');
    expect((await said.next()).value).toBe(toLine('hello'));
    agent.send('again');
    expect((await said.next()).value).toBe(toLine('again'));
    agent.send('leave');
    expect(await agent.ended).toMatchObject({ kind: 'exited', code: 7 });
    expect(findProcesses(tree)).toEqual([]);
  });

  it('is ended with all that it has started', async () => {
    const marker = `88${Math.floor(performance.now() * 1000)}`;
    const agent = await start(sandbox, ['sh', '-c', `sleep ${marker} & sleep ${marker}`]);
    await until(() => findProcesses(`sleep ${marker}`).some((line) => line.startsWith('sleep')));
    await agent.end();
    expect(findProcesses(marker)).toEqual([]);
  });

  it('works in an empty directory without files, and leaves none', async () => {
    const agent = await start(sandbox, ['sh', '-c', 'pwd; ls -A'], { tree: null });
    const [directory = '', ...files] = await collect(agent.lines);
    expect(await agent.ended).toMatchObject({ kind: 'exited', code: 0 });
    expect(files).toEqual([]);
    expect(() => readdirSync(directory)).toThrow('ENOENT');
  });

  it('says when the program cannot be started', async () => {
    const agent = await start(sandbox, ['/no/such/program']);
    expect(await agent.ended).toMatchObject({
      kind: 'exited',
      code: 127,
      output: expect.stringContaining('/no/such/program'),
    });
  });

  it('outlives a model that goes away', async () => {
    const agent = await start(
      sandbox,
      [
        process.execPath,
        '-e',
        `(async () => { for (const n of [1, 2]) { console.log(await fetch(process.env.ADDRESS).then(() => 'answered', () => 'refused')); } })()`,
      ],
      { line: { socketPath: process.execPath } },
    );
    expect(await collect(agent.lines)).toEqual(['refused', 'refused']);
    expect(await agent.ended).toMatchObject({ kind: 'exited', code: 0 });
  });
});
