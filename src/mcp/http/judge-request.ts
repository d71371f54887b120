import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import {
  localhostAllowedHostnames,
  validateHostHeader,
  validateOriginHeader,
} from '@modelcontextprotocol/server';

export const PATH = '/mcp';

export interface Rules {
  readonly token: string;
  /** Host names besides those of this machine under which it is reached. */
  readonly names: readonly string[];
}

/** An answer before the protocol is asked. */
export interface Rejection {
  readonly status: 401 | 403 | 404;
  readonly text: string;
}

/** Whether a request may reach the protocol; null when it may. Says nothing of the token that was given. */
export function judgeRequest({ token, names }: Rules, { url, headers }: IncomingMessage): Rejection | null {
  const hosts = [...localhostAllowedHostnames(), ...names];
  // A page in a browser on this machine can send requests here; it cannot choose these headers.
  if (!validateHostHeader(headers.host, hosts).ok) {
    return {
      status: 403,
      text: 'This Host is not served here. The operator can add it with BATON_MCP_NAMES.',
    };
  }
  if (headers.origin !== undefined && !validateOriginHeader(headers.origin, hosts).ok) {
    return { status: 403, text: 'Requests of this Origin are not served here.' };
  }
  if (!isSame(headers.authorization ?? '', `Bearer ${token}`)) {
    return { status: 401, text: 'Send the token: Authorization: Bearer <BATON_MCP_TOKEN>.' };
  }
  // After the token, so that a stranger does not learn what is served.
  return url?.split('?', 1)[0] === PATH ? null : { status: 404, text: `The protocol is at ${PATH}.` };
}

/** Takes the same time however much of it is right. */
function isSame(given: string, wanted: string): boolean {
  const [left, right] = [given, wanted].map((text) => createHash('sha256').update(text).digest());
  return left !== undefined && right !== undefined && timingSafeEqual(left, right);
}
