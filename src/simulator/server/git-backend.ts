import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { GIT_ENVIRONMENT } from '../git/git-environment.ts';
import type { Repository } from '../state/repository.ts';

export type BackendAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

/** Starts `git http-backend` for one request, as a web server would by CGI; `body` is what was read of it already. */
export function startBackend(
  repository: Repository,
  wanted: { service: string; query: string },
  { request, body }: { request: IncomingMessage; body: Buffer | null },
): ChildProcessWithoutNullStreams {
  const encoding = request.headers['content-encoding'];
  const protocol = request.headers['git-protocol'];
  const child = spawn('git', ['http-backend'], {
    env: {
      ...GIT_ENVIRONMENT,
      GIT_PROJECT_ROOT: repository.git.directory,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: `/${wanted.service}`,
      QUERY_STRING: wanted.query,
      REQUEST_METHOD: request.method ?? 'GET',
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      REMOTE_USER: 'simulator',
      REMOTE_ADDR: '127.0.0.1',
      ...(encoding === undefined ? {} : { HTTP_CONTENT_ENCODING: encoding }),
      ...(typeof protocol === 'string' ? { GIT_PROTOCOL: protocol } : {}),
    },
  });
  // A client that goes away, or a backend that ends early, shows in the answer and not as a crash.
  child.stdin.on('error', () => undefined);
  child.stderr.resume();
  if (body === null) {
    request.pipe(child.stdin);
  } else {
    child.stdin.end(body);
  }
  return child;
}

/** Waits for the whole answer. */
export async function receiveBackendAnswer(child: ChildProcessWithoutNullStreams): Promise<BackendAnswer> {
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  await ended(child);
  const whole = Buffer.concat(chunks);
  const head = findHead(whole);
  if (!head) {
    throw new Error('git http-backend ended without an answer.');
  }
  return { status: head.status, headers: head.headers, body: whole.subarray(head.length) };
}

/** Passes the answer on as it comes. */
export async function streamBackendAnswer(
  child: ChildProcessWithoutNullStreams,
  response: ServerResponse,
): Promise<void> {
  let waiting: Buffer | null = Buffer.alloc(0);
  child.stdout.on('data', (chunk: Buffer) => {
    if (waiting === null) {
      passOn(child, response, chunk);
      return;
    }
    waiting = Buffer.concat([waiting, chunk]);
    const head = findHead(waiting);
    if (head) {
      response.writeHead(head.status, head.headers);
      passOn(child, response, waiting.subarray(head.length));
      waiting = null;
    }
  });
  response.on('close', () => child.kill());
  await ended(child);
  response.end();
}

function passOn(child: ChildProcessWithoutNullStreams, response: ServerResponse, chunk: Buffer): void {
  if (!response.write(chunk)) {
    child.stdout.pause();
    response.once('drain', () => child.stdout.resume());
  }
}

function ended(child: ChildProcessWithoutNullStreams): Promise<void> {
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => resolve());
  });
}

function findHead(text: Buffer) {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) {
    return null;
  }
  let status = 200;
  const headers: Record<string, string> = {};
  for (const line of text.subarray(0, end).toString().split('\r\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (name === 'status') {
      status = Number.parseInt(value, 10);
    } else {
      headers[name] = value;
    }
  }
  return { status, headers, length: end + 4 };
}
