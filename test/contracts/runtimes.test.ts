import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Access, Brief } from '../../src/domain/brief.ts';
import { REPORTS } from '../../src/domain/report.ts';
import type { AgentAnswer } from '../../src/ports/agent-runtime.ts';
import type { Tree } from '../../src/ports/workspace.ts';
import { createReplay } from '../../src/runtimes/replay.ts';
import { createBubblewrapSandbox } from '../../src/sandbox/create-bubblewrap-sandbox.ts';
import { setAiSdkStage } from '../runtimes/support/ai-sdk-stage.ts';
import { setProgramStage } from '../runtimes/support/program-stage.ts';
import { PROGRAMS, type ProgramName } from '../runtimes/support/programs.ts';
import { findProcesses, until } from '../sandbox/support/host.ts';
import { aBrief, aPlace, openExample, RECORDING, SILENT } from '../support/examples.ts';
import type { ModelScript } from '../support/model-server.ts';
import { isInstalled } from '../support/runtime-packages.ts';

/** What the agent is made to do: its work, nothing for ever, or something senseless. */
type Conduct = 'works' | 'hangs' | 'fails';

/** An agent that behaves so, in a tree of its own. */
interface Stage {
  readonly tree: Tree;
  readonly run: (brief: Partial<Brief>, signal: AbortSignal) => Promise<AgentAnswer>;
  /** Whether it has begun to do what it does for ever. */
  readonly hangs: () => boolean;
  /** What it has left behind: processes and sockets. */
  readonly leftovers: () => readonly string[];
  readonly close: () => Promise<void>;
}

const MARKER = `77${Math.floor(performance.now() * 1000)}`;
// Claude Code takes no command that begins with a long sleep.
const HANG = `sh -c 'sleep ${MARKER} & sleep ${MARKER}; true'`;
const WORK = { kind: 'work', summary: 'There is one page.' };
const ROLE = { ...aBrief().role, tools: ['read', 'search', 'edit', 'bash'] as const };

/** Every runtime, and how to make its agent behave. */
const RUNTIMES: Readonly<Record<string, (conduct: Conduct) => Promise<Stage>>> = {
  replay: stageReplay,
  'ai-sdk': stageAiSdk,
  acp: (conduct) => stageProgram('acp', conduct),
  claude: (conduct) => stageProgram('claude', conduct),
  codex: (conduct) => stageProgram('codex', conduct),
};

/** The programs of some may be missing on this machine. */
const PRESENT = Object.entries(RUNTIMES).filter(
  ([name]) => !Object.hasOwn(PROGRAMS, name) || isInstalled(name),
);

async function stageReplay(conduct: Conduct): Promise<Stage> {
  const tree = await openExample();
  const directory = await mkdtemp(join(tmpdir(), 'baton-contract-'));
  if (conduct === 'hangs') {
    await writeFile(join(directory, 'implementation.1.json'), '{"delayMs":600000,"report":{}}');
  }
  const replay = createReplay({
    directory: conduct === 'works' ? RECORDING : directory,
    delays: conduct === 'works' ? 'skipped' : 'kept',
  });
  const place = aPlace({ tree, sandbox: createBubblewrapSandbox({ log: SILENT }) });
  return {
    tree,
    run: (brief, signal) => replay.run(aBrief(brief), place, signal),
    hangs: () => true,
    leftovers: () => findProcesses(tree.path),
    async close() {
      await Promise.all([tree.close(), rm(directory, { recursive: true })]);
    },
  };
}

const SCRIPTS: Readonly<Record<Conduct, ModelScript>> = {
  works: [
    {
      calls: [
        ['write', { path: 'src/page.ts', content: 'export {};\n' }],
        ['run', { command: 'echo x > made' }],
      ],
    },
    { calls: [['report', { report: WORK }]] },
  ],
  hangs: [{ calls: [['run', { command: HANG }]] }],
  fails: [{ text: 'I' }, { text: 'am' }, { text: 'confused.' }],
};

async function stageAiSdk(conduct: Conduct): Promise<Stage> {
  const stage = await setAiSdkStage(SCRIPTS[conduct]);
  return {
    tree: stage.tree,
    run: (brief, signal) =>
      stage.ask({ brief: { role: { ...ROLE, tools: [...ROLE.tools] }, ...brief }, signal }),
    hangs: () => findProcesses(`sleep ${MARKER}`).some((line) => line.startsWith('sleep')),
    leftovers: () => [...stage.leftovers(), ...findProcesses(`sleep ${MARKER}`)],
    close: () => stage.close(),
  };
}

async function stageProgram(name: ProgramName, conduct: Conduct): Promise<Stage> {
  const { provider, open, command, report } = PROGRAMS[name];
  const scripts: Readonly<Record<Conduct, ModelScript>> = {
    works: [command('echo "export {};" > src/page.ts; echo x > made'), report(WORK)],
    hangs: [command(HANG)],
    fails: () => ({ text: 'I am confused.' }),
  };
  const stage = await setProgramStage({ runtime: await open(), provider, script: scripts[conduct] });
  return {
    tree: stage.tree,
    run: (brief, signal) => stage.ask({ brief, signal }),
    hangs: () => findProcesses(`sleep ${MARKER}`).some((line) => line.startsWith('sleep')),
    leftovers: () => [...stage.leftovers(), ...findProcesses(`sleep ${MARKER}`)],
    close: () => stage.close(),
  };
}

/** All files below, with what is in them. */
async function contentsOf({ path }: Tree): Promise<readonly string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(files.toSorted().map(async (file) => `${file}: ${await readFile(file, 'utf8')}`));
}

const NEVER = new AbortController().signal;

// A program can take its time to start on a machine that is busy.
describe.each(PRESENT)('runtime %s', (_, setStage) => {
  let stage: Stage;

  afterEach(async () => {
    expect(stage.leftovers()).toEqual([]);
    await stage.close();
  });

  describe('that works', () => {
    beforeEach(async () => {
      stage = await setStage('works');
    });

    test('answers with a report in its form, and leaves its work in the tree', async () => {
      const answer = await stage.run({}, NEVER);
      expect(answer).toMatchObject({ kind: 'answered' });
      expect(REPORTS.work.safeParse('report' in answer && answer.report).success).toBe(true);
      await readFile(join(stage.tree.path, 'src/page.ts'));
    });

    test.each<Access>(['read', 'none'])('leaves the tree alone with %s', async (access) => {
      const before = await contentsOf(stage.tree);
      expect(await stage.run({ access }, NEVER)).toMatchObject({ kind: 'answered' });
      expect(await contentsOf(stage.tree)).toEqual(before);
    });

    test('does not begin when the signal has fired', async () => {
      const before = await contentsOf(stage.tree);
      await expect(stage.run({}, AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
      expect(await contentsOf(stage.tree)).toEqual(before);
    });
  });

  describe('that hangs', () => {
    beforeEach(async () => {
      stage = await setStage('hangs');
    });

    test('rejects at the signal, however long it would hang', async () => {
      const abort = new AbortController();
      const running = stage.run({}, abort.signal);
      const rejected = expect(running).rejects.toMatchObject({ name: 'AbortError' });
      await until(stage.hangs);
      abort.abort();
      await rejected;
    });

    test('fails at its time limit', async () => {
      expect(await stage.run({ timeoutMs: 1000 }, NEVER)).toMatchObject({
        kind: 'failed',
        reason: 'time-limit',
      });
    });
  });

  test('that fails says why and what to do, and does not throw', async () => {
    stage = await setStage('fails');
    const answer = await stage.run({}, NEVER);
    expect(answer).toMatchObject({ kind: 'failed', reason: 'no-report' });
    expect(answer).toMatchObject({
      message: expect.stringMatching(/\S/),
      remedy: expect.stringMatching(/\.$/),
    });
  });
});

describe('runtimes', () => {
  test('are all in this suite', async () => {
    const files = await readdir('src/runtimes');
    const names = files.filter((file) => file.endsWith('.ts')).map((file) => file.replace('.ts', ''));
    expect(Object.keys(RUNTIMES).toSorted()).toEqual(names.toSorted());
  });
});
