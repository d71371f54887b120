import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { identify, toActorName } from '../auth/identify.ts';
import { canSee, requireRead, requireWrite } from '../auth/require-access.ts';
import type { Act } from '../operations/act.ts';
import { NEEDS } from '../routes/needs.ts';
import type { Actor } from '../state/actor.ts';
import type { Repository } from '../state/repository.ts';
import type { World } from '../state/world.ts';
import type { FaultTable, RequestFault } from './faults.ts';
import { startBackend, streamBackendAnswer } from './git-backend.ts';
import { GitHubError, notFound } from './github-error.ts';
import { receivePush } from './receive-push.ts';
import type { RequestLog } from './request-log.ts';

const GIT_PATH = /^\/([^/]+)\/([^/]+?)(?:\.git)?\/(info\/refs|git-upload-pack|git-receive-pack)$/;

/** A request of git's smart HTTP protocol. */
export type GitRequest = {
  readonly path: string;
  readonly fullName: string;
  readonly service: string;
  readonly query: string;
  readonly isPush: boolean;
};

export type GitExchange = { readonly request: IncomingMessage; readonly response: ServerResponse };
export type GitParts = { readonly world: World; readonly faults: FaultTable; readonly requests: RequestLog };

/** Recognizes clone, fetch and push; null for every other request. */
export function toGitRequest(url: string): GitRequest | null {
  const [path = '', query = ''] = url.split('?');
  const [, owner = '', name = '', service = ''] = GIT_PATH.exec(path) ?? [];
  const isPush = service === 'git-receive-pack' || query.includes('git-receive-pack');
  return service === '' ? null : { path, fullName: `${owner}/${name}`, service, query, isPush };
}

/** Serves clone, fetch and push with git's own `http-backend`, and announces what a push moved. */
export async function serveGit(parts: GitParts, wanted: GitRequest, exchange: GitExchange): Promise<void> {
  const { request, response } = exchange;
  let actor: Actor = { kind: 'anonymous' };
  try {
    actor = identify(parts.world, request.headers.authorization);
    const repository = authorize(parts.world, wanted, actor);
    await perform(parts, { wanted, exchange, repository, actor });
  } catch (error) {
    refuse(response, error);
  }
  const { statusCode: status } = response;
  parts.requests.add({ method: request.method ?? '', path: wanted.path, status, actor: toActorName(actor) });
}

type Authorized = {
  readonly wanted: GitRequest;
  readonly exchange: GitExchange;
  readonly repository: Repository;
  readonly actor: Actor;
};

async function perform(parts: GitParts, asked: Authorized): Promise<void> {
  const { wanted, exchange, repository, actor } = asked;
  const { request, response } = exchange;
  const fault = parts.faults.take(request.method ?? 'GET', wanted.path);
  if (fault && 'delayMs' in fault) {
    await wait(fault.delayMs);
  }
  if (fault && 'status' in fault && fault.when !== 'after') {
    fail(exchange, fault);
  } else if (wanted.service === 'git-receive-pack' && 'account' in actor) {
    await answerPush({ world: parts.world, repository, actor }, asked, fault);
  } else {
    await streamBackendAnswer(startBackend(repository, wanted, { request, body: null }), response);
  }
}

function authorize(world: World, wanted: GitRequest, actor: Actor): Repository {
  const repository = world.repositories.get(wanted.fullName.toLowerCase());
  if (actor.kind === 'anonymous' && (!repository || wanted.isPush || !canSee(world, repository, actor))) {
    throw new GitHubError(401, 'Authentication required');
  }
  if (!repository) {
    throw notFound();
  }
  if (wanted.isPush) {
    requireWrite(world, repository, { actor, need: NEEDS.writeContents });
  } else {
    requireRead(world, repository, { actor, need: NEEDS.readContents });
  }
  return repository;
}

async function answerPush(
  act: Act,
  { wanted, exchange }: Authorized,
  fault: RequestFault | null,
): Promise<void> {
  const { request, response } = exchange;
  const answer = await receivePush({ act, wanted, request });
  if (fault && 'status' in fault) {
    fail(exchange, fault);
    return;
  }
  response.writeHead(answer.status, answer.headers);
  response.end(answer.body);
}

function fail({ request, response }: GitExchange, fault: Extract<RequestFault, { status: unknown }>): void {
  if (fault.status === 'reset') {
    request.socket.resetAndDestroy();
    return;
  }
  response.writeHead(fault.status, { ...fault.headers });
  response.end('Injected fault');
}

function refuse(response: ServerResponse, error: unknown): void {
  const status = error instanceof GitHubError ? error.status : 500;
  const challenge = status === 401 ? { 'www-authenticate': 'Basic realm="GitHub"' } : {};
  response.writeHead(status, { 'content-type': 'text/plain', ...challenge });
  response.end(error instanceof Error ? error.message : String(error));
}
