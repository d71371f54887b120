import type { Settings } from './settings.ts';
import type { Values } from './settings-table.ts';

const URLS = {
  anthropic: 'https://api.anthropic.com/v1',
  openai: 'https://api.openai.com/v1',
  'openai-compatible': null,
} as const;

/** A provider with its keys; `given`: its URL, when it is not the usual one. Null when there is none. */
export function toProvider(
  kind: Values['BATON_PROVIDER'],
  values: Values,
  given?: string,
): Settings['provider'] {
  if (kind === undefined) {
    return null;
  }
  if (kind === 'bedrock') {
    return toBedrock(values, given);
  }
  if (kind === 'vertex') {
    return toVertex(values, given);
  }
  const url = given ?? URLS[kind];
  if (url === null) {
    throw new Error('no BATON_PROVIDER_URL: find-model-conflicts must have reported that');
  }
  const key = kind === 'anthropic' ? values.ANTHROPIC_API_KEY : values.OPENAI_API_KEY;
  return { kind, url, key: key ?? null };
}

function toVertex(values: Values, given: string | undefined): Settings['provider'] {
  const { VERTEX_REGION: region, VERTEX_SERVICE_ACCOUNT: access, VERTEX_PROJECT: project } = values;
  if (region === undefined || access === undefined) {
    throw new Error('no VERTEX_REGION or account: find-model-conflicts must have reported that');
  }
  const url = given ?? `https://${toVertexHost(region)}/v1`;
  return { kind: 'vertex', url, region, project: project ?? access.project, access };
}

function toVertexHost(region: string): string {
  if (region === 'global') {
    return 'aiplatform.googleapis.com';
  }
  return region === 'us' || region === 'eu'
    ? `aiplatform.${region}.rep.googleapis.com`
    : `${region}-aiplatform.googleapis.com`;
}

function toBedrock(values: Values, given: string | undefined): Settings['provider'] {
  const { AWS_REGION: region, AWS_BEARER_TOKEN_BEDROCK: key } = values;
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = values;
  if (region === undefined) {
    throw new Error('no AWS_REGION: find-model-conflicts must have reported that');
  }
  const url = given ?? `https://bedrock-runtime.${region}.amazonaws.com`;
  if (key !== undefined) {
    return { kind: 'bedrock', url, access: { kind: 'api-key', key } };
  }
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    throw new Error('no keys of AWS: find-model-conflicts must have reported that');
  }
  const sessionToken = values.AWS_SESSION_TOKEN ?? null;
  return {
    kind: 'bedrock',
    url,
    access: { kind: 'signed', accessKeyId, secretAccessKey, sessionToken, region },
  };
}
