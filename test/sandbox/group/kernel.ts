import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const KERNEL = '/usr/bin/linux.uml';

/** Whether this machine has a kernel to start: Linux as a program, from the Debian package user-mode-linux. */
export const HAS_KERNEL = existsSync(KERNEL);

/**
 * Starts a kernel of its own, with the files of this machine to read, runs a shell script as root, and gives what it
 * printed. Control groups of version 2 are where they always are, with nobody in them but the script.
 */
export async function runInKernel(script: string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'baton-kernel-'));
  const init = join(directory, 'init');
  await writeFile(init, toInit(script), { mode: 0o755 });
  const options = [
    'mem=1024M',
    'rootfstype=hostfs',
    'rootflags=/',
    'ro',
    'quiet',
    'con=null',
    'con0=fd:0,fd:1',
  ];
  try {
    const { stdout } = await promisify(execFile)(
      KERNEL,
      [...options, `uml_dir=${directory}`, `init=${init}`],
      {
        env: { TMPDIR: directory, HOME: directory },
        // Only ends what hangs: a kernel that is a program takes long where there is much else to do.
        timeout: 280_000,
        killSignal: 'SIGKILL',
        maxBuffer: 1024 ** 2,
      },
    );
    return stdout;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function toInit(script: string): string {
  return `#!/bin/sh
export PATH=/usr/sbin:/usr/bin:/sbin:/bin
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t tmpfs tmpfs /tmp
mount -t cgroup2 cgroup2 /sys/fs/cgroup
cd /
${script}
poweroff -f
`;
}
