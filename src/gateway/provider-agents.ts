import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';

/** Connections to the provider that are kept for the next call. */
export interface ProviderAgents {
  readonly http: HttpAgent;
  readonly https: HttpsAgent;
  close(): void;
}

/** `proxyEnv`: the variables that say which hosts are reached through which proxy. */
export function createProviderAgents(proxyEnv: Readonly<Record<string, string>> = {}): ProviderAgents {
  const options = { keepAlive: true, maxFreeSockets: 8, proxyEnv };
  const http = new HttpAgent(options);
  const https = new HttpsAgent(options);
  return {
    http,
    https,
    close() {
      http.destroy();
      https.destroy();
    },
  };
}
