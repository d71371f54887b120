import { z } from 'zod';
import type { YamlPath } from './yaml-source.ts';

/** What is needed of a JSON Schema to find the keys of a map in it. */
const nodeSchema = z.object({
  properties: z.record(z.string(), z.unknown()).default({}),
  additionalProperties: z.unknown().optional(),
  items: z.unknown().optional(),
  anyOf: z.array(z.unknown()).default([]),
  oneOf: z.array(z.unknown()).default([]),
  allOf: z.array(z.unknown()).default([]),
});
type Node = z.infer<typeof nodeSchema>;

/** A conversion takes milliseconds, and the schemas of files and options are few. */
const converted = new WeakMap<z.ZodType, readonly Node[]>();

/** The keys that a schema has for the map at `path` of what it checks. */
export function listKnownKeys(schema: z.ZodType, path: YamlPath): readonly string[] {
  const nodes = path.reduce<readonly Node[]>(
    (found, key) => found.flatMap((node) => toNodes(toInner(node, key))),
    convert(schema),
  );
  return [...new Set(nodes.flatMap(({ properties }) => Object.keys(properties)))];
}

function convert(schema: z.ZodType): readonly Node[] {
  const known = converted.get(schema);
  if (known !== undefined) {
    return known;
  }
  const nodes = toNodes(z.toJSONSchema(schema, { io: 'input', target: 'draft-7', unrepresentable: 'any' }));
  converted.set(schema, nodes);
  return nodes;
}

function toInner({ properties, additionalProperties, items }: Node, key: PropertyKey): unknown {
  return typeof key === 'number' ? items : (properties[String(key)] ?? additionalProperties);
}

/** A schema with all the forms that it may have. */
function toNodes(raw: unknown): readonly Node[] {
  const { data } = nodeSchema.safeParse(raw);
  return data === undefined
    ? []
    : [data, ...[...data.anyOf, ...data.oneOf, ...data.allOf].flatMap((form) => toNodes(form))];
}
