import { explainSilence } from '../../explain-trouble.ts';
import { type Check, fail, type Line, ok, warn } from '../check.ts';

/** The header is a whole second, and the answer takes its time. */
const NOTABLE_MS = 5_000;
/** From here on GitHub may take our sign-in for one of the future or the past. */
const TOO_MUCH_MS = 60_000;
const REMEDY = 'Let the machine keep its time by NTP: timedatectl set-ntp true.';

/** This machine's clock against that of GitHub. Asked without signing in, which a wrong clock would prevent. */
export const check: Check = {
  name: 'clock',
  of: 'settings',
  async run({ settings: { apiUrl } }, signal) {
    const sentMs = Date.now();
    try {
      const { headers } = await fetch(apiUrl, { method: 'HEAD', redirect: 'manual', signal });
      return [judgeClock(headers.get('date'), { sentMs, heardMs: Date.now() })];
    } catch (error) {
      const { text, remedy } = explainSilence(error, apiUrl);
      return [fail(text, remedy)];
    }
  },
};

/** By what the `Date` header said, and the time here before and after. */
export function judgeClock(
  date: string | null,
  { sentMs, heardMs }: { readonly sentMs: number; readonly heardMs: number },
): Line {
  const toldMs = Date.parse(date ?? '');
  if (Number.isNaN(toldMs)) {
    return warn(
      'GitHub did not say what time it is',
      'See whether a proxy in between removes its Date header.',
    );
  }
  const aheadMs = Math.max(0, sentMs - toldMs - 1_000) - Math.max(0, toldMs - heardMs);
  const text = `this machine is ${Math.round(Math.abs(aheadMs) / 1000)} s ${aheadMs < 0 ? 'behind' : 'ahead of'} GitHub`;
  if (Math.abs(aheadMs) > TOO_MUCH_MS) {
    return fail(text, REMEDY);
  }
  return Math.abs(aheadMs) > NOTABLE_MS ? warn(text, REMEDY) : ok('agrees with that of GitHub');
}
