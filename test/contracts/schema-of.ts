import { z } from 'zod';

const nodeSchema = z.object({
  description: z.string().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.unknown().optional(),
});

/** Paths of the options of a schema, at any depth, that do not say what they do. */
export function findUndescribed(schema: z.ZodType): readonly string[] {
  return walk(z.toJSONSchema(schema, { io: 'input' }), '');
}

function walk(raw: unknown, path: string): readonly string[] {
  const node = nodeSchema.safeParse(raw);
  if (!node.success) {
    return [];
  }
  const { properties = {}, items } = node.data;
  const own = Object.entries(properties).flatMap(([key, value]) => {
    const described = (nodeSchema.safeParse(value).data?.description ?? '') !== '';
    return [...(described ? [] : [`${path}${key}`]), ...walk(value, `${path}${key}.`)];
  });
  return items === undefined ? own : [...own, ...walk(items, `${path}[].`)];
}
