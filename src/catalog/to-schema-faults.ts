import type { z } from 'zod';
import type { CatalogFault } from './fault.ts';
import type { YamlPath, YamlSource } from './yaml-source.ts';

type Issue = z.ZodError['issues'][number];

/** What a schema complains about, at the places where it stands. `under` is where the checked value lies in the file. */
export function toSchemaFaults(
  source: YamlSource,
  issues: readonly Issue[],
  under: YamlPath = [],
): readonly CatalogFault[] {
  return issues.flatMap((issue) => toFaults(source, issue, under));
}

function toFaults(source: YamlSource, issue: Issue, under: YamlPath): readonly CatalogFault[] {
  const path = [...under, ...issue.path];
  const { file } = source;
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      file,
      ...source.locateKey(path, key),
      message: `${printPath([...path, key])} is not known here`,
      remedy: 'Remove it, or correct its spelling.',
    }));
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    return toSchemaFaults(source, closest(issue.errors), path);
  }
  const place = { file, ...source.locate(path) };
  const choice = issue.code === 'invalid_value' ? ` Use one of: ${issue.values.join(', ')}.` : '';
  if (valueAt(source.value, path) === undefined) {
    return [{ ...place, message: `${printPath(path)} is missing`, remedy: `Add it.${choice}` }];
  }
  const message = `${printPath(path)} is wrong: ${issue.message}`;
  return [{ ...place, message, remedy: choice === '' ? 'Correct the value.' : choice.trim() }];
}

/** Of several forms a value may have, the one it is most like: the first with the fewest complaints. */
function closest(forms: readonly (readonly Issue[])[]): readonly Issue[] {
  return forms.reduce((best, form) => (form.length < best.length ? form : best));
}

function valueAt(value: unknown, path: YamlPath): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );
}

/** Such as `steps[2].with`. */
function printPath(path: YamlPath): string {
  const text = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return text === '' ? 'the file' : `\`${text.replace(/^\./, '')}\``;
}
