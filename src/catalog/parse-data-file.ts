import { posix } from 'node:path';
import type { z } from 'zod';
import type { CatalogFault } from './fault.ts';
import { toSchemaFaults } from './to-schema-faults.ts';
import type { YamlSource } from './yaml-source.ts';

/** A value of the catalog and the file it was read from. */
export interface Entry<Value> {
  readonly value: Value;
  readonly source: YamlSource;
}

/** What could be read, and what was wrong with the rest. */
export interface Parsed<Value> {
  readonly entries: readonly Entry<Value>[];
  readonly faults: readonly CatalogFault[];
}

/** Checks one file against the schema of its kind, and that it is named after what it holds. */
export function parseDataFile<Value extends { readonly name: string }>(
  read: YamlSource | readonly CatalogFault[],
  schema: z.ZodType<Value>,
): Parsed<Value> {
  if (!('locate' in read)) {
    return { entries: [], faults: read };
  }
  const checked = schema.safeParse(read.value);
  if (!checked.success) {
    return { entries: [], faults: toSchemaFaults(read, checked.error.issues) };
  }
  const { name } = checked.data;
  const fileName = posix.parse(read.file).name;
  const entries = [{ value: checked.data, source: read }];
  if (name === fileName) {
    return { entries, faults: [] };
  }
  const message = `the file is named '${fileName}' and its content '${name}'`;
  const place = { file: read.file, ...read.locate(['name']) };
  return { entries, faults: [{ ...place, message, remedy: 'Give both the same name.' }] };
}

/** Several files of a kind as one. */
export function joinParsed<Value>(parsed: readonly Parsed<Value>[]): Parsed<Value> {
  return {
    entries: parsed.flatMap(({ entries }) => entries),
    faults: parsed.flatMap(({ faults }) => faults),
  };
}
