import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SandboxedCommand } from '../../src/ports/sandbox.ts';
import { createBubblewrapSandbox } from '../../src/sandbox/create-bubblewrap-sandbox.ts';
import { openGroups } from '../../src/sandbox/group/open-groups.ts';
import { printTable } from '../report/print-table.ts';
import { median, quantile } from '../report/quantile.ts';

const ROUNDS = 100;
const WARM_UP = 10;
const SILENT = { debug() {}, info() {}, warn() {}, error() {} };
const NEVER = new AbortController().signal;

/** Small programs, as gates start them: what the sandbox adds is the same for large ones. */
const COMMANDS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  true: ['/bin/sh', '-c', 'true'],
  'node -e 0': [process.execPath, '-e', '0'],
};

/** A command in the sandbox beside the same command without one, in turn, so that both meet the same machine. */
export async function measureSandbox(): Promise<void> {
  const tree = await mkdtemp(join(tmpdir(), 'baton-bench-'));
  const groups = openGroups();
  const sandbox = createBubblewrapSandbox({ log: SILENT, groups: 'why' in groups ? null : groups });
  const rows: (readonly (string | number)[])[] = [];
  for (const [name, argv] of Object.entries(COMMANDS)) {
    const command: SandboxedCommand = { argv, tree: { path: tree, access: 'write' }, timeoutMs: 30_000 };
    const [bare, inside]: [number[], number[]] = [[], []];
    for (let round = -WARM_UP; round < ROUNDS; round += 1) {
      const [one, other] = [await timed(() => runBare(argv, tree)), await timed(() => runInside(command))];
      if (round >= 0) {
        bare.push(one);
        inside.push(other);
      }
    }
    const [base, median50] = [median(bare), median(inside)];
    rows.push([name, base, median50, quantile(inside, 0.95), median50 - base, median50 / base]);
  }
  const limits = 'why' in groups ? 'limits are watched' : `control groups: ${groups.controllers.join(', ')}`;
  printTable(`A command in the sandbox, milliseconds (${ROUNDS} rounds; ${limits})`, [
    ['', 'without', 'median', '95 %', 'more', 'ratio'],
    ...rows,
  ]);
  await rm(tree, { recursive: true });

  async function runInside(command: SandboxedCommand): Promise<void> {
    const result = await sandbox.run(command, NEVER);
    if (result.kind !== 'exited' || result.code !== 0) {
      throw new Error(`the sandbox did not run the command: ${JSON.stringify(result)}`);
    }
  }
}

async function runBare([program, ...args]: readonly [string, ...string[]], cwd: string): Promise<void> {
  const child = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.resume();
  child.stderr.resume();
  await once(child, 'close');
}

async function timed(work: () => Promise<void>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}
