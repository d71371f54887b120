import type { z } from 'zod';
import { editDistance } from '../domain/edit-distance.ts';
import type { Point } from './issue-points.ts';
import { toIssueWords, type Words } from './issue-words.ts';
import { listKnownKeys } from './known-keys.ts';
import { listNames } from './list-names.ts';
import { valueAt, type YamlPath } from './yaml-source.ts';

/** What was checked, with what, and under which keys people find it. */
interface Checked {
  readonly schema: z.ZodType;
  readonly value: unknown;
  readonly under: YamlPath;
}

/** What is wrong at one point of a value, and what to do about it. */
export function toPointWords({ schema, value, under }: Checked, { issue, path, unknownKey }: Point): Words {
  const shown = [...under, ...path];
  return unknownKey === null
    ? toIssueWords(printPath(shown), issue, valueAt(value, path))
    : {
        message: `${printPath([...shown, unknownKey])} is not known here`,
        remedy: toRemedy(unknownKey, listKnownKeys(schema, path)),
      };
}

/** What is said of the points that are left out. */
export function leftOutWords(count: number): Words {
  const message = count === 1 ? '1 more fault is not listed' : `${count} more faults are not listed`;
  return { message, remedy: 'Correct the others first.' };
}

/** Names the key that was meant, where one looks like it, else all that there are. */
function toRemedy(key: string, known: readonly string[]): string {
  if (known.length === 0) {
    return 'Remove it.';
  }
  const near = known.find((name) => isMeant(name, key));
  return near === undefined
    ? `Remove it, or name one of: ${listNames(known, key)}.`
    : `Write \`${near}\`, or remove it.`;
}

/** Whether a key is another one in other letters, such as `max_retries`, or nearly it. */
function isMeant(name: string, key: string): boolean {
  const [known, written] = [name, key].map((word) => word.replaceAll(/[_-]/g, '').toLowerCase());
  return editDistance(known ?? '', written ?? '') <= Math.min(2, Math.floor(name.length / 4));
}

/** Such as `steps[2].with`. */
function printPath(path: YamlPath): string {
  const text = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return text === '' ? 'the file' : `\`${text.replace(/^\./, '')}\``;
}
