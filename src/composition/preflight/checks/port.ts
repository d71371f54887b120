import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Settings } from '../../../config/settings.ts';
import { type Check, fail, type Line, ok, warn } from '../check.ts';

/** The address that webhooks come in at. */
export const check: Check = {
  name: 'port',
  of: 'settings',
  notAtStart: true,
  async run({ settings: { listen } }, signal) {
    const where = toUrl(listen);
    const problem = await tryListening(listen);
    if (problem === null) {
      return [ok(`${where} is free`)];
    }
    return [problem === 'EADDRINUSE' ? await judgeTaken(where, signal) : toFailure(where, problem)];
  },
};

function toUrl({ host, port }: Settings['listen']): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** The code of what keeps us from listening there; null when nothing does. */
async function tryListening({ host, port }: Settings['listen']): Promise<string | null> {
  const server = createServer();
  try {
    server.listen(port, host);
    await once(server, 'listening');
    server.close();
    await once(server, 'close');
    return null;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
}

async function judgeTaken(where: string, signal: AbortSignal): Promise<Line> {
  const answer = await fetch(`${where}/healthz`, { signal })
    .then((response) => response.text())
    .catch(() => '');
  return answer.trim() === 'up'
    ? warn(`a Baton answers at ${where} already`, 'If that is the one you ask about, all is well.')
    : fail(`${where} is taken by another program`, 'End that program, or set PORT to a free one.');
}

function toFailure(where: string, code: string): Line {
  return fail(
    `${where} cannot be listened at (${code})`,
    'Set HOST to an address of this machine, and PORT to one that its user may open (1024 and above).',
  );
}
