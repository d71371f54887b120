import type { z } from 'zod';
import { editDistance } from '../domain/edit-distance.ts';
import type { CatalogFault } from './fault.ts';
import { type Issue, toIssueWords } from './issue-words.ts';
import { listKnownKeys } from './known-keys.ts';
import { listNames } from './list-names.ts';
import { valueAt, type YamlPath, type YamlSource } from './yaml-source.ts';

/** What was checked, and what came of it. */
interface Checked {
  readonly schema: z.ZodType;
  readonly issues: readonly Issue[];
}

interface Place {
  readonly source: YamlSource;
  readonly schema: z.ZodType;
  /** Where the value that the schema checks lies in the file. */
  readonly under: YamlPath;
}

/** What a schema complains about, at the places where it stands. `under` is where the checked value lies in the file. */
export function toSchemaFaults(
  source: YamlSource,
  { schema, issues }: Checked,
  under: YamlPath = [],
): readonly CatalogFault[] {
  return issues.flatMap((issue) => toFaults({ source, schema, under }, issue, []));
}

/** `outer` is where the value lies that the issue is about, in what the schema checks. */
function toFaults(place: Place, issue: Issue, outer: YamlPath): readonly CatalogFault[] {
  const { source, under } = place;
  const inner = [...outer, ...issue.path];
  const path = [...under, ...inner];
  const { file } = source;
  if (issue.code === 'unrecognized_keys') {
    const known = listKnownKeys(place.schema, inner);
    return issue.keys.map((key) => ({
      file,
      ...source.locateKey(path, key),
      message: `${printPath([...path, key])} is not known here`,
      remedy: toRemedy(key, known),
    }));
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    return closest(issue.errors).flatMap((one) => toFaults(place, one, inner));
  }
  const at = { file, ...source.locate(path) };
  const value = valueAt(source.value, path);
  if (value === undefined) {
    const choice = issue.code === 'invalid_value' ? ` Use one of: ${issue.values.join(', ')}.` : '';
    return [{ ...at, message: `${printPath(path)} is missing`, remedy: `Add it.${choice}` }];
  }
  return [{ ...at, ...toIssueWords(printPath(path), issue, value) }];
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

/** Of several forms a value may have, the one it is most like: the first with the fewest complaints. */
function closest(forms: readonly (readonly Issue[])[]): readonly Issue[] {
  return forms.reduce((best, form) => (form.length < best.length ? form : best));
}

/** Such as `steps[2].with`. */
function printPath(path: YamlPath): string {
  const text = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return text === '' ? 'the file' : `\`${text.replace(/^\./, '')}\``;
}
