import { defineAttack } from '../attack.ts';
import { without } from '../expectations.ts';

export const attack = defineAttack({
  id: 'X8',
  title: 'ports on loopback: GitHub, the model, the database, the server itself',
  prepare: ({ ports, egress }) => ({
    acts: [
      {
        run: `cat > /tmp/knock.mjs <<'END'
import { connect } from 'node:net';
const ports = [${Object.values(ports).join(', ')}, 5432];
for (const port of ports) {
  const socket = connect(port, '127.0.0.1');
  socket.on('connect', () => { console.log('REACHED', port); socket.destroy(); });
  socket.on('error', (error) => console.log('refused', port, error.code));
}
END
node /tmp/knock.mjs; rm -f /tmp/knock.mjs`,
      },
      {
        run: `curl -s -m 3 ${egress}/curl; http_proxy= wget -q -T 3 -O- ${egress}/wget; ls -l /run/*.sock /var/run/postgresql /tmp/.s.PGSQL* 2>/dev/null; true`,
      },
    ],
  }),
  check: ({ results }) => [
    without('what the agent saw', results.join('\n'), 'REACHED'),
    without('what the agent saw', results.join('\n'), '.s.PGSQL'),
  ],
});
