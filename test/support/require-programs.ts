import { existsSync } from 'node:fs';

/** Programs of the system that tests run, and the Debian packages that have them; `.ci/run` installs the same. */
const PACKAGES = {
  pytest: 'python3-pytest',
  mypy: 'mypy',
  vulture: 'vulture',
  bandit: 'bandit',
  'python3-coverage': 'python3-coverage',
} as const;

/**
 * Whether all programs of Python repositories are where a sandbox sees them. Without them their tests are left out, and
 * it is said so; where everything is to be tested they are not left out, and fail.
 */
export function hasPythonTools(): boolean {
  const missing = Object.entries(PACKAGES).filter(([program]) => !existsSync(`/usr/bin/${program}`));
  if (missing.length === 0) {
    return true;
  }
  const line = `apt-get install ${missing.map(([, name]) => name).join(' ')}`;
  if (process.env['CI'] !== undefined) {
    throw new Error(`The tests of Python's tools cannot be run. Install them with: ${line}`);
  }
  process.stderr.write(`LEFT OUT: the tests of Python's tools. Install them with: ${line}\n`);
  return false;
}
