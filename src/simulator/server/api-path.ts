const API_SEGMENTS = new Set([
  'app',
  'graphql',
  'installation',
  'meta',
  'orgs',
  'rate_limit',
  'repos',
  'search',
  'user',
  'users',
  'zen',
]);

/** A path as on api.github.com: without the prefixes GitHub Enterprise Server uses. */
export function toApiPath(path: string): string {
  if (path === '/api/graphql') {
    return '/graphql';
  }
  return path.startsWith('/api/v3') ? path.slice('/api/v3'.length) || '/' : path;
}

/** True for paths of the API; all others are pages. */
export function isApiPath(path: string): boolean {
  return path.startsWith('/api/') || API_SEGMENTS.has(path.split('/')[1] ?? '');
}
