import { setGlobalProxyFromEnv } from 'node:http';
import type { Settings } from '../config/settings.ts';

/** What other programs find a proxy by, in both spellings: some read only the one, some only the other. */
type ProxyEnvironment = Readonly<Record<string, string>>;

/** What runs beside us is never behind a proxy. */
const THIS_MACHINE = ['localhost', '127.0.0.1', '::1'];

/** As variables of an environment; none without a proxy. */
export function toProxyEnvironment(proxy: Settings['proxy']): ProxyEnvironment {
  if (proxy === null) {
    return {};
  }
  const url = proxy.url.reveal();
  const without = [...THIS_MACHINE, ...proxy.hostsWithout].join(',');
  return {
    HTTPS_PROXY: url,
    https_proxy: url,
    HTTP_PROXY: url,
    http_proxy: url,
    NO_PROXY: without,
    no_proxy: without,
  };
}

/** From now on this process asks other machines through the proxy, where a request brings no agent of its own. */
export function useProxy(proxy: Settings['proxy']): void {
  if (proxy !== null) {
    setGlobalProxyFromEnv(toProxyEnvironment(proxy));
  }
}
