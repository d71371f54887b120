import { constants } from 'node:fs';
import { access, mkdtemp, rmdir, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ensureHome } from '../../../config/home.ts';
import { type Check, fail, type Line, ok, warn } from '../check.ts';

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;
/** Mirrors, trees and the database grow; with less than this a busy server soon stands still. */
const LEAST_FREE_BYTES = 2 * GIB;

/** The directory for all that is kept on disk. */
export const check: Check = {
  name: 'home',
  of: 'settings',
  async run({ settings: { home } }) {
    const there = await stat(home).catch(() => null);
    return there === null ? [await judgeMissing(home)] : judgeExisting(home);
  },
};

async function judgeMissing(home: string): Promise<Line> {
  const parent = await firstExisting(dirname(home));
  try {
    // Tried, because permissions alone do not tell: not of /proc, of a file, nor of a disk that is full.
    await rmdir(await mkdtemp(join(parent, '.baton-')));
    return ok(`${home} will be made at the first start`);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return fail(
      `${home} cannot be made: ${why}`,
      'Make it for the user that runs Baton, or set BATON_HOME to another directory.',
    );
  }
}

async function judgeExisting(home: string): Promise<readonly Line[]> {
  // Who owns it and who may enter it: the message has the remedy.
  await ensureHome(home);
  if (!(await isWritable(home))) {
    return [
      fail(`${home} cannot be written in`, 'Make it writable for the user that runs Baton: chmod 700 on it.'),
    ];
  }
  const { bavail, bsize } = await statfs(home);
  const free = bavail * bsize;
  const text = `${home} is writable, with ${toSize(free)} free`;
  return free < LEAST_FREE_BYTES
    ? [warn(text, 'Make room on that disk, or set BATON_HOME to a larger one.')]
    : [ok(text)];
}

function toSize(bytes: number): string {
  return bytes < GIB ? `${Math.floor(bytes / MIB)} MiB` : `${(bytes / GIB).toFixed(1)} GiB`;
}

async function firstExisting(path: string): Promise<string> {
  const there = await stat(path).catch(() => null);
  return there === null && path !== dirname(path) ? firstExisting(dirname(path)) : path;
}

async function isWritable(path: string): Promise<boolean> {
  return access(path, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
}
