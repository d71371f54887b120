import { isIP } from 'node:net';
import type { Host } from '../../ports/egress.ts';

/** A name whose last label is no number: what looks like one is read as an address by the system. */
const NAME = /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)*[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** The host that a client of a proxy asks for, such as `example.com:443`; null for addresses and all that is no name. */
export function toHost(authority: string, defaultPort: number | null): Host | null {
  const [, name = '', port = ''] = /^([^:]{1,253})(?::(\d{1,5}))?$/.exec(authority.toLowerCase()) ?? [];
  const number = port === '' ? defaultPort : Number(port);
  if (number === null || number < 1 || number > 65_535 || isIP(name) !== 0 || !NAME.test(name)) {
    return null;
  }
  return { name, port: number };
}
