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

/** The keys that a schema has for the map at `path` of what it checks. */
export function listKnownKeys(schema: z.ZodType, path: YamlPath): readonly string[] {
  const whole = z.toJSONSchema(schema, { io: 'input', target: 'draft-7', unrepresentable: 'any' });
  const nodes = path.reduce<readonly Node[]>(
    (found, key) => found.flatMap((node) => toNodes(toInner(node, key))),
    toNodes(whole),
  );
  return [...new Set(nodes.flatMap(({ properties }) => Object.keys(properties)))];
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
