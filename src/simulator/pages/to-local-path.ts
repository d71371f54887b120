const HERE = 'http://here.invalid';

/** A path as a browser understands it, or `/` where that leads off these pages: no form may send its user elsewhere. */
export function toLocalPath(path: string | undefined): string {
  const url = URL.parse(path ?? '/', HERE);
  return url?.origin === HERE && !url.pathname.startsWith('//') ? url.pathname : '/';
}
