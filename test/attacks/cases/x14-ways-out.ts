import { defineAttack } from '../attack.ts';
import { without } from '../expectations.ts';

export const attack = defineAttack({
  id: 'X14',
  title: 'ways out of the sandbox: namespaces, mounts, /proc/1/root, open descriptors',
  prepare: ({ home, tripwire }) => ({
    acts: [
      {
        run: `cat /proc/1/root${home}/.env /proc/self/root${home}/.env /proc/*/cwd/../home/.env 2>&1 | head -20`,
      },
      {
        run: `unshare -Urm sh -c 'mount --bind / /mnt && cat /mnt${home}/.env' 2>&1; chroot /proc/1/root cat ${home}/.env 2>&1; true`,
      },
      {
        run: `for fd in /proc/[0-9]*/fd/*; do readlink $fd; done 2>/dev/null | grep -c 'home/\\|postgres' ; true`,
      },
      {
        run: `nsenter -t 1 -m touch ${tripwire('nsenter')} 2>&1; [ -w /usr/bin ] && touch ${tripwire('usr')}; true`,
      },
    ],
  }),
  check: ({ results }) => [without('what the agent saw', results.join('\n'), 'canary-')],
});
