import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Act } from '../operations/act.ts';
import { announceRefs } from '../operations/announce-refs.ts';
import { mayChangeWorkflows } from '../operations/workflow-right.ts';
import { type BackendAnswer, receiveBackendAnswer, startBackend } from './git-backend.ts';
import { judgePush } from './judge-push.ts';
import { toPushRefusal, toPushRequest } from './push-request.ts';

export type Push = {
  readonly act: Act;
  readonly wanted: { readonly path: string; readonly service: string; readonly query: string };
  readonly request: IncomingMessage;
};

/**
 * Takes a push in, announces what it moved and enters it in the ledger; the answer is held back until then. An App
 * is refused what GitHub refuses it.
 */
export function receivePush(push: Push): Promise<BackendAnswer> {
  return push.act.repository.git.exclusively(async () => {
    if (mayChangeWorkflows(push.act.actor)) {
      return acceptPush(push, null);
    }
    const body = await readWhole(push.request);
    const zipped = push.request.headers['content-encoding'] === 'gzip';
    const asked = toPushRequest(zipped ? await promisify(gunzip)(body) : body);
    const reasons = await judgePush(push.act, asked);
    if (reasons.size === 0) {
      return acceptPush(push, body);
    }
    const headers = { 'content-type': 'application/x-git-receive-pack-result', 'cache-control': 'no-cache' };
    return { status: 200, headers, body: toPushRefusal(asked, reasons) };
  });
}

async function acceptPush({ act, wanted, request }: Push, body: Buffer | null): Promise<BackendAnswer> {
  const answer = await receiveBackendAnswer(startBackend(act.repository, wanted, { request, body }));
  for (const change of await announceRefs(act)) {
    act.world.ledger.record({
      actor: act.actor.account.login,
      method: 'POST',
      path: wanted.path,
      kind: 'git/push',
      body: change,
    });
  }
  return answer;
}

async function readWhole(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
