import { type Check, fail, ok, warn } from '../check.ts';

/** The same trial that the server makes before it runs anything untrusted. */
export const check: Check = {
  name: 'sandbox',
  of: 'settings',
  notAtStart: true,
  async run({ settings, sandbox: open }) {
    if (settings.sandbox === 'none') {
      return [
        warn(
          'is switched off: agents and gate commands can do all that the server can',
          'Leave SANDBOX out to use bubblewrap.',
        ),
      ];
    }
    try {
      await open();
      return [ok('bubblewrap holds: nothing of the server was seen or reached from inside')];
    } catch (error) {
      return [fail(error instanceof Error ? error.message : String(error), 'See docs/guides/sandbox.md.')];
    }
  },
};
