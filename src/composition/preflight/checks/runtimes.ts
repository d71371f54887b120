import { listRuntimes } from '../../../domain/offer.ts';
import { type Pin, readPins, toInstallLine } from '../../../runtimes/packages/pin.ts';
import { readPackages } from '../../../runtimes/packages/require-packages.ts';
import { type Check, fail, type Line, ok } from '../check.ts';

/** The programs of others that runtimes need. Those that nobody asks for may be missing. */
export const check: Check = {
  name: 'runtimes',
  of: 'settings',
  notAtStart: true,
  run({ settings }) {
    const asked = listRuntimes(settings.offer);
    const pins = readPins().filter(({ runtime }) => asked.includes(runtime));
    const faults = pins.flatMap((pin) => judge(pin, settings.runtimesDirectory));
    return Promise.resolve(faults.length > 0 ? faults : [ok(`${asked.join(', ')} can be asked`)]);
  },
};

function judge(pin: Pin, directory: string): readonly Line[] {
  return readPackages(pin, directory).faults.map((fault) =>
    fail(`${pin.runtime}: ${fault}`, `Install it: ${toInstallLine(pin.runtime)}`),
  );
}
