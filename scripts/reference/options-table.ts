import { z } from 'zod';
import { toCode, toTable } from './markdown.ts';

/** What is needed of a JSON Schema to say in a table what an option takes. */
const optionSchema = z.object({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
  items: z.unknown().optional(),
  default: z.unknown().optional(),
  description: z.string().default(''),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).default([]),
});
type Option = z.infer<typeof optionSchema>;

/** The options that a schema takes, one row each; fields of nested objects follow with their path. */
export function toOptionsTable(schema: z.ZodType): string {
  const rows = toRows(optionSchema.parse(toInputSchema(schema)), '');
  return rows.length === 0
    ? 'It takes no options.'
    : toTable(['option', 'takes', 'default', 'what it does'], rows);
}

/** The JSON Schema of what may be written, before defaults are filled in. */
export function toInputSchema(schema: z.ZodType): object {
  return z.toJSONSchema(schema, { io: 'input', target: 'draft-7' });
}

function toRows(option: Option, prefix: string): readonly (readonly string[])[] {
  return Object.entries(option.properties ?? {}).flatMap(([key, raw]) => {
    const field = optionSchema.parse(raw);
    const path = `${prefix}${key}`;
    const row = [
      toCode(path),
      toType(field),
      toDefault(field, option.required.includes(key)),
      field.description,
    ];
    const item = field.items === undefined ? null : optionSchema.parse(field.items);
    return [row, ...toRows(field, `${path}.`), ...(item === null ? [] : toRows(item, `${path}[].`))];
  });
}

function toType(option: Option): string {
  const choices = option.enum ?? (option.const === undefined ? undefined : [option.const]);
  if (choices !== undefined) {
    return choices.map((choice) => toCode(String(choice))).join(', ');
  }
  if (option.anyOf !== undefined) {
    return option.anyOf.map((choice) => toType(optionSchema.parse(choice))).join(' or ');
  }
  if (option.items !== undefined) {
    return `list of ${toType(optionSchema.parse(option.items))}`;
  }
  return [option.type ?? 'anything'].flat().join(' or ');
}

function toDefault(option: Option, required: boolean): string {
  if (required) {
    return '**required**';
  }
  if (Array.isArray(option.default) && option.default.length > 0) {
    return option.default.map((item) => toCode(String(item))).join('<br>');
  }
  return option.default === undefined ? '' : toCode(JSON.stringify(option.default));
}
