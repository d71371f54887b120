import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Repository } from '../../../src/domain/subject.ts';

/** A git host on loopback: `git http-backend` behind a small HTTP server that wants a token. */
export interface GitRemote {
  readonly url: string;
  readonly token: string;
  /** Every request: method, path and the `Authorization` header. */
  readonly requests: { readonly path: string; readonly authorization: string | undefined }[];
  /** Runs git in a bare repository of the remote. */
  git(repository: string, ...args: string[]): string;
  /** Makes an empty repository. */
  create(name: string): void;
  /** Adds a commit with these files (null deletes one) to a branch and returns its id. */
  commit(name: string, branch: string, files: Record<string, Content | null>): string;
  /** Answers every request with this status instead of serving it; null: serve again. */
  fail(status: number | null): void;
  /** Called while a request waits for its answer. */
  onRequest(listener: () => void): void;
  close(): Promise<void>;
}

/** What a commit can hold: a file, a program, a link to a target, a submodule at a commit. */
export type Content =
  | string
  | { readonly program: string }
  | { readonly link: string }
  | { readonly gitlink: string };

const ENVIRONMENT = {
  PATH: '/usr/bin:/bin',
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'A',
  GIT_AUTHOR_EMAIL: 'a@example.com',
  GIT_COMMITTER_NAME: 'A',
  GIT_COMMITTER_EMAIL: 'a@example.com',
};

export function toRepository(name: string, id = 1): Repository {
  return { id, owner: 'acme', name, installationId: 7 };
}

export async function startGitRemote(): Promise<GitRemote> {
  const root = mkdtempSync(join(tmpdir(), 'baton-remote-'));
  const token = 'ghs_SECRETtoken123';
  const requests: { path: string; authorization: string | undefined }[] = [];
  const state: { status: number | null; listener: () => void } = { status: null, listener: () => undefined };
  const server = createServer((request, response) => {
    state.listener();
    requests.push({ path: request.url ?? '', authorization: request.headers.authorization });
    const expected = `Basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`;
    if (state.status !== null) {
      response.writeHead(state.status).end();
    } else if (request.headers.authorization === expected) {
      serve(root, request, response);
    } else {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  function directoryOf(name: string): string {
    return join(root, 'acme', `${name}.git`);
  }
  function git(name: string, ...args: string[]): string {
    return execFileSync('git', ['--git-dir', directoryOf(name), ...args], {
      env: ENVIRONMENT,
      encoding: 'utf8',
    }).trim();
  }
  return {
    url: `http://127.0.0.1:${port}`,
    token,
    requests,
    git,
    create(name) {
      execFileSync('git', ['init', '-q', '--bare', '-b', 'main', directoryOf(name)], { env: ENVIRONMENT });
      git(name, 'config', 'http.receivepack', 'true');
      git(name, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
    },
    commit: (name, branch, files) => commit(directoryOf(name), branch, files),
    fail(status) {
      state.status = status;
    },
    onRequest(listener) {
      state.listener = listener;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
      rmSync(root, { recursive: true, force: true });
    },
  };
}

function commit(gitDir: string, branch: string, files: Record<string, Content | null>): string {
  const work = mkdtempSync(join(tmpdir(), 'baton-commit-'));
  const env = { ...ENVIRONMENT, GIT_DIR: gitDir, GIT_INDEX_FILE: join(work, 'index') };
  function git(args: string[], input?: string): string {
    return execFileSync('git', args, {
      env,
      encoding: 'utf8',
      input,
      stdio: ['pipe', 'pipe', 'pipe'],
    }).trim();
  }
  try {
    const parent = git(['for-each-ref', '--format=%(objectname)', `refs/heads/${branch}`]);
    if (parent !== '') {
      git(['read-tree', parent]);
    }
    for (const [path, content] of Object.entries(files)) {
      if (content === null) {
        git(['update-index', '-z', '--index-info'], `0 ${'0'.repeat(40)}\t${path}\0`);
        continue;
      }
      const [mode, id] = toEntry(content, (text) => git(['hash-object', '-w', '--stdin'], text));
      git(['update-index', '-z', '--index-info'], `${mode} ${id}\t${path}\0`);
    }
    const tree = git(['write-tree']);
    const id = git(['commit-tree', tree, ...(parent === '' ? [] : ['-p', parent]), '-m', 'change']);
    git(['update-ref', `refs/heads/${branch}`, id]);
    return id;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function toEntry(content: Content, store: (text: string) => string): [string, string] {
  if (typeof content === 'string') {
    return ['100644', store(content)];
  }
  if ('program' in content) {
    return ['100755', store(content.program)];
  }
  return 'link' in content ? ['120000', store(content.link)] : ['160000', content.gitlink];
}

/** CGI as in RFC 3875, as much of it as git needs. */
function serve(root: string, request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', 'http://host');
  const backend = spawn('git', ['http-backend'], {
    env: {
      ...ENVIRONMENT,
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: url.pathname,
      QUERY_STRING: url.search.slice(1),
      REQUEST_METHOD: request.method ?? 'GET',
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
      GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
      REMOTE_USER: 'app',
      ...(request.headers['content-length'] === undefined
        ? {}
        : { CONTENT_LENGTH: request.headers['content-length'] }),
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  request.pipe(backend.stdin);
  backend.stdin.on('error', () => undefined);
  let head: Buffer | null = Buffer.alloc(0);
  backend.stdout.on('data', (chunk: Buffer) => {
    if (head === null) {
      response.write(chunk);
      return;
    }
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end >= 0) {
      const lines = head.subarray(0, end).toString().split('\r\n');
      const headers = Object.fromEntries(lines.map((line) => line.split(': ', 2) as [string, string]));
      response.writeHead(Number.parseInt(headers['Status'] ?? '200', 10), headers);
      response.write(head.subarray(end + 4));
      head = null;
    }
  });
  backend.on('close', () => response.end());
}

/** Makes parent directories and writes a file. */
export function write(root: string, path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}
