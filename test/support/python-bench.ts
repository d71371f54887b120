import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { CommandResult, Evidence } from '../../src/domain/evidence.ts';
import { createBubblewrapSandbox } from '../../src/sandbox/create-bubblewrap-sandbox.ts';
import { readWrittenFile } from '../../src/workspace/trees/read-written-file.ts';
import { silentLog } from '../sandbox/support/host.ts';
import { RECORDED_TOOLS } from './recorded-tools.ts';

/** A tree in which commands run with the tools of this machine; those that it cannot have say what was recorded of them. */
export interface PythonBench extends Pick<Evidence, 'run' | 'readReport'> {
  close(): Promise<void>;
}

type State = (typeof RECORDED_TOOLS)[number]['state'] | 'none';

/** Writes a tree. Each command is run once in it, since its files do not change. */
export async function openPythonBench(
  files: Readonly<Record<string, string>>,
  state: State,
): Promise<PythonBench> {
  const sandbox = createBubblewrapSandbox({ log: silentLog });
  const tree = await mkdtemp(join(tmpdir(), 'baton-python-'));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(tree, path)), { recursive: true });
    await writeFile(join(tree, path), text);
  }
  const ran = new Map<string, Promise<CommandResult>>();

  function start(command: string, timeoutMs: number): Promise<CommandResult> {
    const recorded = RECORDED_TOOLS.find((one) => one.command === command && one.state === state);
    if (recorded !== undefined) {
      const { code, output } = recorded;
      return Promise.resolve({ kind: 'exited', code, output, durationMs: 1 });
    }
    return sandbox.run(
      { argv: ['/bin/sh', '-c', command], tree: { path: tree, access: 'write' }, timeoutMs },
      new AbortController().signal,
    );
  }

  return {
    run(command, { timeoutMs }) {
      const running = ran.get(command) ?? start(command, timeoutMs);
      ran.set(command, running);
      return running;
    },
    async readReport(path) {
      const text = RECORDED_TOOLS.filter((one) => one.state === state)
        .map(({ reports }) => reports[path])
        .find((one) => one !== undefined);
      return text === undefined
        ? await readWrittenFile(tree, path, 4 * 1024 * 1024)
        : { kind: 'read', text, root: '/tree' };
    },
    close: () => rm(tree, { recursive: true, force: true }),
  };
}
