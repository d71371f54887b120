import type { IncomingHttpHeaders } from 'node:http';
import type { CheckedBody } from '../check-body.ts';
import type { VertexProvider } from '../provider.ts';
import type { UpstreamRequest } from '../upstream-request.ts';

/** Vertex AI's name for the form of Anthropic's messages. */
const VERSION = 'vertex-2023-10-16';

/** A call in Anthropic's form as Vertex AI takes it: the model and whether it streams in the path. */
export function toVertexRequest(
  { url, project, region }: VertexProvider,
  body: CheckedBody,
  { token, given }: { readonly token: string; readonly given: IncomingHttpHeaders },
): UpstreamRequest {
  // Written by `checkBody`, from an object.
  const { model: _model, ...rest } = JSON.parse(body.text) as Readonly<Record<string, unknown>>;
  const verb = rest['stream'] === true ? 'streamRawPredict' : 'rawPredict';
  // A version of a model begins with an @, which Google wants as it is.
  const model = encodeURIComponent(body.model).replaceAll('%40', '@');
  const path = `projects/${project}/locations/${region}/publishers/anthropic/models/${model}:${verb}`;
  const bytes = Buffer.from(JSON.stringify({ ...rest, anthropic_version: VERSION }));
  const betas = given['anthropic-beta'];
  return {
    url: new URL(`${url}/${path}`),
    bytes,
    headers: {
      ...(betas === undefined ? {} : { 'anthropic-beta': betas }),
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'content-length': bytes.byteLength,
      'accept-encoding': 'identity',
      'user-agent': 'baton',
    },
  };
}
