import { readRuntimesDirectory } from '../../src/config/runtimes-directory.ts';
import { readPin, toInstallLine } from '../../src/runtimes/packages/pin.ts';
import { readPackages } from '../../src/runtimes/packages/require-packages.ts';

export const RUNTIMES_DIRECTORY = readRuntimesDirectory();

/**
 * Whether the programs of a runtime are on this machine. Without them its tests are left out, and it is said so; where
 * everything is to be tested they are not left out, and fail.
 */
export function isInstalled(runtime: string): boolean {
  const { faults } = readPackages(readPin(runtime), RUNTIMES_DIRECTORY);
  if (faults.length === 0) {
    return true;
  }
  const words = `${faults.join('; ')}. Install it with: ${toInstallLine(runtime)}`;
  if (process.env['CI'] !== undefined) {
    throw new Error(`The tests of the runtime ${runtime} cannot be run: ${words}`);
  }
  process.stderr.write(`LEFT OUT: the tests of the runtime ${runtime}. ${words}\n`);
  return false;
}
