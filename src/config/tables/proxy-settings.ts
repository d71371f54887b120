import { z } from 'zod';
import { toSecret } from '../secret.ts';
import { defineSetting } from '../setting.ts';
import { splitList } from '../split-list.ts';

function isProxyUrl(text: string): boolean {
  const url = URL.parse(text);
  return (
    url !== null && ['http:', 'https:'].includes(url.protocol) && url.pathname === '/' && url.search === ''
  );
}

/** The proxy that a network lets nobody out without. The names are those that other programs read, too. */
export const proxySettings = {
  HTTPS_PROXY: defineSetting({
    description:
      'Proxy through which GitHub, the providers of models and the collector of traces are reached, git included. A user ' +
      'name and a password in it are kept secret. Installations do not use it: they take mirrors (`BATON_REGISTRIES`).',
    schema: z
      .string()
      .refine(isProxyUrl, 'must be a URL such as http://proxy.example.com:3128')
      .transform(toSecret)
      .optional(),
    remedy: 'Write it as http://HOST:PORT or http://USER:PASSWORD@HOST:PORT, or leave it out.',
    secret: true,
  }),
  NO_PROXY: defineSetting({
    description:
      'Hosts that are reached without the proxy, separated by commas: names, names with a dot in front for all below ' +
      'them, or addresses. This machine always is.',
    schema: z
      .string()
      .transform(splitList)
      .pipe(z.array(z.string().regex(/^[\w.:*/[\]-]+$/, 'must be names of hosts, separated by commas')))
      .optional(),
    remedy: 'Write it as .example.com,10.0.0.5, or leave it out.',
  }),
};
