import type { IncomingHttpHeaders } from 'node:http';
import { AwsV4Signer } from 'aws4fetch';
import type { CheckedBody } from '../check-body.ts';
import type { AwsAccess, BedrockProvider } from '../provider.ts';
import type { UpstreamRequest } from '../upstream-request.ts';

/** Bedrock's name for the form of Anthropic's messages. */
const VERSION = 'bedrock-2023-05-31';

/** A call in Anthropic's form as Bedrock takes it: the model in the path, what is asked for beyond it in the body. */
export async function toBedrockRequest(
  provider: BedrockProvider,
  body: CheckedBody,
  given: IncomingHttpHeaders,
): Promise<UpstreamRequest> {
  // Written by `checkBody`, from an object.
  const { model: _model, stream, ...rest } = JSON.parse(body.text) as Readonly<Record<string, unknown>>;
  const betas = String(given['anthropic-beta'] ?? '')
    .split(',')
    .map((beta) => beta.trim())
    .filter((beta) => beta !== '');
  const text = JSON.stringify({
    ...rest,
    anthropic_version: VERSION,
    ...(betas.length === 0 ? {} : { anthropic_beta: betas }),
  });
  const verb = stream === true ? 'invoke-with-response-stream' : 'invoke';
  const url = new URL(`${provider.url}/model/${encodeURIComponent(body.model)}/${verb}`);
  const bytes = Buffer.from(text);
  const headers = {
    accept: stream === true ? 'application/vnd.amazon.eventstream' : 'application/json',
    'content-type': 'application/json',
  };
  return {
    url,
    bytes,
    headers: {
      ...headers,
      ...(await toAccessHeaders(provider.access, { url, text, headers })),
      'content-length': bytes.byteLength,
      'accept-encoding': 'identity',
      'user-agent': 'baton',
    },
  };
}

interface Unsigned {
  readonly url: URL;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
}

async function toAccessHeaders(
  access: AwsAccess,
  { url, text, headers }: Unsigned,
): Promise<Readonly<Record<string, string>>> {
  if (access.kind === 'api-key') {
    return { authorization: `Bearer ${access.key}` };
  }
  const { accessKeyId, secretAccessKey, sessionToken, region } = access;
  const signed = await new AwsV4Signer({
    method: 'POST',
    url: url.href,
    headers: { ...headers, host: url.host },
    body: text,
    accessKeyId,
    secretAccessKey,
    ...(sessionToken === null ? {} : { sessionToken }),
    service: 'bedrock',
    region,
  }).sign();
  return Object.fromEntries(new Headers(signed.headers));
}
