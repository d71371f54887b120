import type { Finding } from '../../domain/finding.ts';

/** Longest name of a file that is taken for one. */
const MAX_PATH = 300;
const MAX_WORDS = 2_000;

/** A file with its line, as tools print it: `src/a.ts:3`, `src/a.ts:3:7`, `src/a.ts(3,7)`. */
const POINT =
  /^([^\s:()'"]{1,300}\.[A-Za-z]\w{0,9})(?::(\d{1,6})(?::\d{1,6})?|\((\d{1,6}),\d{1,6}\))[:.,)]?$/;

export type Place = Pick<Finding, 'path' | 'line'>;

/** A place inside the repository; empty when the file lies elsewhere. `root` is where the tree was. */
export function toPlace(root: string, file: string | undefined, line?: number): Place {
  const path = (file ?? '')
    .slice(0, MAX_PATH + root.length)
    .replace(/^file:\/\//, '')
    .replace(`${root}/`, '')
    .replace(/^(?:\.\/)+/, '');
  const isInside =
    path !== '' &&
    path.length <= MAX_PATH &&
    !/^[/\\]|^\w+:|\\|\p{Cc}/u.test(path) &&
    !path.split('/').includes('..');
  if (!isInside) {
    return {};
  }
  return line !== undefined && Number.isInteger(line) && line > 0 ? { path, line } : { path };
}

/** The first place inside the repository that a text names, as in a stack trace. */
export function findPlace(root: string, text: string): Place {
  for (const word of text.split(/[\s()]+/, MAX_WORDS)) {
    const [, file, afterColon, inBrackets] =
      POINT.exec(word.slice(0, MAX_PATH + root.length).replace(`${root}/`, '')) ?? [];
    const place = toPlace(root, file, Number(afterColon ?? inBrackets));
    if (place.path !== undefined && !place.path.split('/').includes('node_modules')) {
      return place;
    }
  }
  return {};
}
