import { makeDirectory } from '../config/make-directory.ts';
import { readRuntimesDirectory } from '../config/runtimes-directory.ts';
import { installPin } from '../runtimes/packages/install-pin.ts';
import { type Pin, readPins, toInstallLine } from '../runtimes/packages/pin.ts';
import { readPackages } from '../runtimes/packages/require-packages.ts';
import { type CliCommand, UsageError } from './command-line.ts';
import { readArguments } from './read-arguments.ts';

export const command: CliCommand = {
  usage: '[install <runtime>...]',
  summary: 'lists the runtimes that need programs of others, or installs some of these',
  async run(args, print) {
    const pins = readPins();
    const { words } = readArguments(args, { mostWords: 1 + pins.length });
    const directory = readRuntimesDirectory();
    const [verb, ...names] = words;
    if (verb === undefined) {
      for (const line of pins.flatMap((pin) => describe(pin, directory))) {
        print(line);
      }
      return 0;
    }
    for (const pin of choose(pins, verb, names)) {
      print(`Installing ${pin.runtime} in ${directory}. Its licence: ${pin.licence}.`);
      await ensureDirectory(directory);
      await installPin(pin, directory);
    }
    return 0;
  },
};

async function ensureDirectory(directory: string): Promise<void> {
  await makeDirectory(directory).catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${directory} cannot be made: ${why}. Make it, or set BATON_RUNTIMES to another place.`, {
      cause,
    });
  });
}

function choose(pins: readonly Pin[], verb: string, names: readonly string[]): readonly Pin[] {
  const known = pins.map(({ runtime }) => runtime);
  const strange = names.find((name) => !known.includes(name));
  if (verb !== 'install' || names.length === 0 || strange !== undefined) {
    throw new UsageError(`Write: runtimes install, and one or more of ${known.join(', ')}.`);
  }
  return pins.filter(({ runtime }) => names.includes(runtime));
}

function describe(pin: Pin, directory: string): readonly string[] {
  const { faults } = readPackages(pin, directory);
  const versions = Object.entries(pin.packages).map(([name, version]) => `${name} ${version}`);
  return [
    `${pin.runtime}: ${pin.description}`,
    `  ${versions.join(', ')}; about ${pin.megabytes} MB; licence: ${pin.licence}`,
    ...(faults.length === 0
      ? ['  installed']
      : [...faults.map((fault) => `  ${fault}`), `  install it with: ${toInstallLine(pin.runtime)}`]),
  ];
}
