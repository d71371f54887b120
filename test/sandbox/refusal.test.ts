import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommandResult } from '../../src/domain/evidence.ts';
import type { Sandbox } from '../../src/ports/sandbox.ts';
import { createBubblewrapSandbox } from '../../src/sandbox/create-bubblewrap-sandbox.ts';
import { probeSandbox } from '../../src/sandbox/probe-sandbox.ts';
import { findProcesses, requireBubblewrap, silentLog, until } from './support/host.ts';

const COMPOSITION = join(import.meta.dirname, '../../src/composition/open-sandbox.ts');
const LIMITS = join(import.meta.dirname, '../../src/domain/sandbox-limits.ts');

/** What bubblewrap says where it may not work, word for word. */
const FORBIDDEN = [
  "bwrap: No permissions to create new namespace, likely because the kernel does not allow non-privileged user namespaces. On e.g. debian this can be enabled with 'sysctl kernel.unprivileged_userns_clone=1'.",
  'bwrap: setting up uid map: Permission denied',
  'bwrap: loopback: Failed RTM_NEWADDR: Operation not permitted',
  'bwrap: Creating new namespace failed: Operation not permitted',
];

describe('src/sandbox where it cannot be used', () => {
  let directory: string;
  beforeAll(requireBubblewrap);
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'baton-refusal-'));
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  /** A program in the place of bubblewrap. */
  function write(name: string, script: string): string {
    const path = join(directory, name);
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
    return path;
  }

  function run(sandbox: Sandbox, signal = new AbortController().signal): Promise<CommandResult> {
    return sandbox.run(
      { argv: ['true'], tree: { path: directory, access: 'write' }, timeoutMs: 60_000 },
      signal,
    );
  }

  it('tells the line that installs bubblewrap', async () => {
    const sandbox = createBubblewrapSandbox({ log: silentLog, programs: [join(directory, 'none')] });
    expect(await probeSandbox(sandbox)).toEqual({
      usable: false,
      reason: expect.stringContaining('bubblewrap is not installed'),
      remedy: 'Install bubblewrap: apt-get install -y bubblewrap',
    });
  });

  it.each(FORBIDDEN)('tells the line that allows user namespaces, for: %s', async (words) => {
    const program = write('forbidden', `cat >/dev/null <&3\necho "${words}" >&2\nexit 1`);
    expect(await probeSandbox(createBubblewrapSandbox({ log: silentLog, programs: [program] }))).toEqual({
      usable: false,
      reason: expect.stringContaining(words),
      remedy: expect.stringMatching(/unprivileged_userns_clone=1 .*apparmor_restrict_unprivileged_userns=0/),
    });
  });

  it('does not tell to install what is there, when nobody has foreseen what it says', async () => {
    const program = write('strange', 'cat >/dev/null <&3\necho "the moon is full" >&2\nexit 1');
    expect(
      await probeSandbox(createBubblewrapSandbox({ log: silentLog, programs: [program] })),
    ).toMatchObject({
      usable: false,
      remedy: expect.stringContaining('npm run baton -- doctor'),
    });
  });

  it('breaks a step, and never passes it, when it is forbidden while the server runs, until that is mended', async () => {
    const flag = join(directory, 'forbidden-now');
    const program = write(
      'sometimes',
      `[ -e ${flag} ] && { echo "${FORBIDDEN[1]}" >&2; exit 1; }\nexec /usr/bin/bwrap "$@"`,
    );
    const sandbox = createBubblewrapSandbox({ log: silentLog, programs: [program] });
    expect(await run(sandbox)).toMatchObject({ kind: 'exited', code: 0 });
    writeFileSync(flag, '');
    expect(await run(sandbox)).toMatchObject({
      kind: 'unavailable',
      reason: expect.stringContaining('uid map'),
      remedy: expect.stringContaining('sysctl'),
    });
    const late = createBubblewrapSandbox({ log: silentLog, programs: [program] });
    expect(await run(late)).toMatchObject({ kind: 'unavailable' });
    rmSync(flag);
    expect(await run(sandbox)).toMatchObject({ kind: 'exited', code: 0 });
    expect(await run(late)).toMatchObject({ kind: 'exited', code: 0 });
  });

  it('leaves nobody behind when bubblewrap is ended before it has told whom it has started', async () => {
    const nap = `sleep 41${Math.floor(performance.now() * 1000)}`;
    const slow = join(directory, 'slow-now');
    const program = write('slow', `[ -e ${slow} ] && { setsid ${nap} & wait; }\nexec /usr/bin/bwrap "$@"`);
    const sandbox = createBubblewrapSandbox({ log: silentLog, programs: [program] });
    expect(await run(sandbox)).toMatchObject({ kind: 'exited', code: 0 });
    writeFileSync(slow, '');
    const abort = new AbortController();
    const running = run(sandbox, abort.signal);
    await until(() => findProcesses(nap).some((line) => line.startsWith('sleep')));
    abort.abort();
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
    expect(findProcesses(nap)).toEqual([]);
  });

  it('has no weaker walls because its trial was killed', async () => {
    const heard: string[] = [];
    const tried = join(directory, 'tried');
    const program = write(
      'killed',
      `[ -e ${tried} ] || { touch ${tried}; kill -9 $$; }\nexec /usr/bin/bwrap "$@"`,
    );
    const log = { ...silentLog, warn: (_: unknown, message: string) => void heard.push(message) };
    const sandbox = createBubblewrapSandbox({ log, programs: [program] });
    expect(await run(sandbox)).toMatchObject({ kind: 'unavailable' });
    expect(await run(sandbox)).toMatchObject({ kind: 'exited', code: 0 });
    expect(heard).toEqual([]);
  });

  it('says aloud that a sandbox may make user namespaces, where they cannot be switched off', async () => {
    const heard: string[] = [];
    const program = write(
      'old',
      `arguments=$(tr '\\0' '\\n' <&3)
case "$arguments" in *--disable-userns*) echo 'bwrap: Unknown option --disable-userns' >&2; exit 1;; esac
printf '%s\\n' "$arguments" | tr '\\n' '\\0' > ${directory}/given; exec /usr/bin/bwrap "$@" 3< ${directory}/given`,
    );
    const log = { ...silentLog, warn: (_: unknown, message: string) => void heard.push(message) };
    expect(await run(createBubblewrapSandbox({ log, programs: [program] }))).toMatchObject({ code: 0 });
    expect(heard).toEqual([expect.stringContaining('may make user namespaces')]);
  });

  it.each([
    [
      'bwrap',
      `cat >/dev/null <&3\necho "${FORBIDDEN[0]}" >&2\nexit 1`,
      'sysctl -w kernel.unprivileged_userns_clone=1',
    ],
    ['du', 'echo "du: unrecognized option: inodes" >&2\nexit 1', 'apt-get install -y coreutils'],
  ])('keeps the server from starting when %s fails, with the line that mends it', (name, words, mends) => {
    const program = write('failing', words);
    const script = `
      const { openSandbox } = await import(${JSON.stringify(COMPOSITION)});
      const { DEFAULT_LIMITS: sandboxLimits } = await import(${JSON.stringify(LIMITS)});
      const log = { debug() {}, info() {}, warn() {}, error() {} };
      await openSandbox({ sandbox: 'bubblewrap', sandboxLimits }, log).catch((error) => console.log(error.name, error.message));`;
    // A bubblewrap around it all lays the program over the real one.
    const printed = execFileSync(
      toProgram('bwrap'),
      [
        ['--dev-bind', '/', '/', '--ro-bind', program, toProgram(name), '--'],
        [process.execPath, '--input-type=module', '-e', script],
      ].flat(),
      { encoding: 'utf8' },
    );
    expect(printed).toMatch(/^SandboxUnusableError No sandbox: /);
    expect(printed).toContain(mends);
  });
});

function toProgram(name: string): string {
  const places = ['/usr/bin', '/usr/local/bin', '/bin'].map((directory) => join(directory, name));
  return places.find((path) => existsSync(path)) ?? name;
}
