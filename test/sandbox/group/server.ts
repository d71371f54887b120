import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandResult } from '../../../src/domain/evidence.ts';
import { DEFAULT_LIMITS, type SandboxLimits } from '../../../src/domain/sandbox-limits.ts';
import { createBubblewrapSandbox } from '../../../src/sandbox/create-bubblewrap-sandbox.ts';
import { openGroups } from '../../../src/sandbox/group/open-groups.ts';
import { probeSandbox } from '../../../src/sandbox/probe-sandbox.ts';
import { findProcesses, silentLog } from '../support/host.ts';

/** What stands for a server in a kernel of its own: uses the sandbox with groups, and prints what came of it as JSON. */
const MIB = 1024 ** 2;
const NEVER = new AbortController().signal;
const parent = `/sys/fs/cgroup${readFileSync('/proc/self/cgroup', 'utf8').trim().slice(3)}`;
const tree = '/tmp/tree';
mkdirSync(tree, { recursive: true });
if (process.argv[2] === 'leftover') {
  mkdirSync(join(parent, 'baton-999999-1'));
}

const opened = openGroups();
if ('why' in opened) {
  tell({ why: opened.why });
  process.exit(0);
}
const again = openGroups();

function sandbox(limits: Partial<SandboxLimits>) {
  // Less than that is free in a kernel with so little memory.
  const all = { ...DEFAULT_LIMITS, freeBytes: MIB, ...limits };
  return createBubblewrapSandbox({ log: silentLog, limits: all, groups: 'why' in opened ? null : opened });
}

function run(script: string, limits: Partial<SandboxLimits>, timeoutMs = 60_000): Promise<CommandResult> {
  return sandbox(limits).run(
    { argv: ['bash', '-c', script], tree: { path: tree, access: 'write' }, timeoutMs },
    NEVER,
  );
}

function listGroups(): readonly string[] {
  return readdirSync(parent).filter((name) => name.startsWith('baton-'));
}

/** What a command's group may use of the processors, while it runs. */
async function readShare(): Promise<string | CommandResult> {
  const running = await sandbox({ cpus: 0.2 }).start(
    { argv: ['sleep', '100'], tree: { path: tree, access: 'write' }, timeoutMs: 60_000 },
    NEVER,
  );
  const group = listGroups().find((name) => name !== 'baton-server');
  const share =
    group === undefined ? await running.ended : readFileSync(join(parent, group, 'cpu.max'), 'utf8');
  await running.end();
  return share;
}

const hide = `(setsid bash -c "trap '' TERM HUP; exec sleep 4711" </dev/null >/dev/null 2>&1 &)`;
const facts = {
  controllers: opened.controllers,
  again: 'why' in again ? again.why : again.controllers,
  own: readFileSync('/proc/self/cgroup', 'utf8').trim(),
  probe: await probeSandbox(sandbox({})),
  bomb: await run('for i in $(seq 300); do sleep 100 & done; echo over', { processes: 60 }),
  memory: await run('(head -c 300M /dev/zero; sleep 100) | tail > /dev/null; sleep 100', {
    memoryBytes: 100 * MIB,
  }),
  little: await run('head -c 30M /dev/zero | tail | wc -c', { memoryBytes: 100 * MIB }),
  cpu: await readShare(),
  late: await run(`${hide}; sleep 100`, {}, 1500),
  survivors: findProcesses('sleep 4711').length,
  missing: await sandbox({}).run(
    { argv: ['true'], tree: { path: '/no/such/tree', access: 'read' }, timeoutMs: 1000 },
    NEVER,
  ),
  left: listGroups(),
};
tell(facts);
process.exit(0);

function tell(what: object): void {
  writeFileSync(1, `\nFACTS ${JSON.stringify(what)}\n`);
}
