import { readFileSync, statSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const MAX_BYTES = 1024 * 1024;

/** What the YAML or JSON file at a path says, in the form of the schema. */
export function yamlFileSchema<Value>(schema: z.ZodType<Value>) {
  return z.string().transform((path, context): Value => {
    const read = readFile(path, schema);
    if ('problem' in read) {
      context.addIssue({ code: 'custom', message: read.problem });
      return z.NEVER;
    }
    return read.value;
  });
}

type FileReading<Value> = { readonly value: Value } | { readonly problem: string };

function readFile<Value>(path: string, schema: z.ZodType<Value>): FileReading<Value> {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat?.isFile() !== true || stat.size > MAX_BYTES) {
    return { problem: 'names something that is not a file of at most 1 MB' };
  }
  try {
    return check(parse(readFileSync(path, 'utf8'), { merge: true }), schema);
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return { problem: `names a file that cannot be read: ${words}` };
  }
}

function check<Value>(content: unknown, schema: z.ZodType<Value>): FileReading<Value> {
  const { data, error } = schema.safeParse(content);
  if (error === undefined) {
    return { value: data };
  }
  const [issue] = error.issues;
  return {
    problem: `names a file in which ${issue?.path.join('.') || 'the whole'} is wrong: ${issue?.message}`,
  };
}
