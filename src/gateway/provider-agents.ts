import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';

/** Connections to the provider that are kept for the next call. */
export interface ProviderAgents {
  readonly http: HttpAgent;
  readonly https: HttpsAgent;
  close(): void;
}

export function createProviderAgents(): ProviderAgents {
  const http = new HttpAgent({ keepAlive: true, maxFreeSockets: 8 });
  const https = new HttpsAgent({ keepAlive: true, maxFreeSockets: 8 });
  return {
    http,
    https,
    close() {
      http.destroy();
      https.destroy();
    },
  };
}
