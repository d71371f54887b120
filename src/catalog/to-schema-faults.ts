import type { z } from 'zod';
import type { CatalogFault } from './fault.ts';
import { type Point, toPoints } from './issue-points.ts';
import type { Issue } from './issue-words.ts';
import { leftOutWords, toPointWords } from './point-words.ts';
import { valueAt, type YamlPath, type YamlSource } from './yaml-source.ts';

/** What was checked, and what came of it. */
interface Checked {
  readonly schema: z.ZodType;
  readonly issues: readonly Issue[];
}

/** What a schema complains about, at the places where it stands. `under` is where the checked value lies in the file. */
export function toSchemaFaults(
  source: YamlSource,
  { schema, issues }: Checked,
  under: YamlPath = [],
): readonly CatalogFault[] {
  const { file } = source;
  const { points, left } = toPoints(issues);
  const value = valueAt(source.value, under);
  const faults = points.map((point) => ({
    file,
    ...toPosition(source, point, under),
    ...toPointWords({ schema, value, under }, point),
  }));
  return left === null
    ? faults
    : [...faults, { file, ...toPosition(source, left.first, under), ...leftOutWords(left.count) }];
}

function toPosition(
  source: YamlSource,
  { path, unknownKey }: Point,
  under: YamlPath,
): Pick<CatalogFault, 'line' | 'column'> {
  const whole = [...under, ...path];
  return unknownKey === null ? source.locate(whole) : source.locateKey(whole, unknownKey);
}
