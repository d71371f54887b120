import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pin } from './pin.ts';

/** No script of a package is run, and what the programs do not need is left out. */
const NPM_CI = ['ci', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund'] as const;

/**
 * Installs the packages of a runtime below `directory`, in one of their own, where no other installation takes them away again.
 * npm checks each against the sum in the lock file.
 * @throws Error when npm fails; it has said why.
 */
export async function installPin(pin: Pin, directory: string): Promise<void> {
  const target = join(directory, pin.runtime);
  await mkdir(target, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') {
      throw error;
    }
  });
  await Promise.all(
    ['package.json', 'package-lock.json'].map((file) =>
      copyFile(join(pin.directory, file), join(target, file)),
    ),
  );
  const npm = spawn('npm', NPM_CI, { cwd: target, stdio: ['ignore', 'inherit', 'inherit'] });
  const [code] = await once(npm, 'exit');
  if (code !== 0) {
    throw new Error(`npm could not install ${pin.runtime} in ${target}.`);
  }
}
