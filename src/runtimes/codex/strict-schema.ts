import type { z } from 'zod';

type Schema = z.core.JSONSchema.BaseSchema;
type Fields = Readonly<Record<string, unknown>>;

const NOTHING: Schema = { type: 'null' };

/**
 * The same schema as providers take it for answers that are bound to it: each field is there, perhaps as null; objects
 * with names of their own are lists of names and values; limits are left out, for they are looked at afterwards.
 */
export function toStrictSchema(schema: Schema): Schema {
  const choices = choicesOf(schema);
  if (choices !== null) {
    return { anyOf: choices.map(toStrictSchema) };
  }
  if (schema.properties !== undefined) {
    return toObject(
      Object.entries(schema.properties).map(([name, field]) => [
        name,
        toField(schema, name, asSchema(field)),
      ]),
    );
  }
  if (schema.type === 'object') {
    const entry = toObject([
      ['name', { type: 'string' }],
      ['value', toStrictSchema(asSchema(schema.additionalProperties))],
    ]);
    return { type: 'array', items: entry };
  }
  if (schema.type === 'array') {
    return { type: 'array', items: toStrictSchema(asSchema(schema.items)) };
  }
  const { type, const: only, enum: words = only === undefined ? undefined : [only] } = schema;
  return { ...(type === undefined ? {} : { type }), ...(words === undefined ? {} : { enum: words }) };
}

/** An answer to the strict schema as the schema itself has it. What does not fit is handed on as it came. */
export function fromStrict(schema: Schema, value: unknown): unknown {
  const choice = choicesOf(schema)?.find((one) => isMeant(one, value));
  if (choice !== undefined) {
    return fromStrict(choice, value);
  }
  if (schema.type === 'array' && Array.isArray(value)) {
    return value.map((item) => fromStrict(asSchema(schema.items), item));
  }
  if (schema.properties !== undefined && isObject(value)) {
    return fromObject(schema, value);
  }
  return schema.type === 'object' && Array.isArray(value) ? fromEntries(schema, value) : value;
}

function fromObject(schema: Schema, value: Fields): Fields {
  const properties = schema.properties ?? {};
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, field]) => field !== null || isRequired(schema, name))
      .map(([name, field]) => [name, fromStrict(asSchema(properties[name]), field)]),
  );
}

function fromEntries(schema: Schema, entries: readonly unknown[]): unknown {
  return entries.every(isEntry)
    ? Object.fromEntries(
        entries.map(({ name, value }) => [name, fromStrict(asSchema(schema.additionalProperties), value)]),
      )
    : entries;
}

function toObject(fields: readonly (readonly [string, Schema])[]): Schema {
  return {
    type: 'object',
    properties: Object.fromEntries(fields),
    required: fields.map(([name]) => name),
    additionalProperties: false,
  };
}

function toField(schema: Schema, name: string, field: Schema): Schema {
  const strict = toStrictSchema(field);
  return isRequired(schema, name) ? strict : { anyOf: [...(strict.anyOf ?? [strict]), NOTHING] };
}

function isRequired({ required = [] }: Schema, name: string): boolean {
  return required.includes(name);
}

/** Of forms that are told apart by a word, the one that has it. */
function isMeant({ properties = {} }: Schema, value: unknown): boolean {
  const words = Object.entries(properties).flatMap(([name, field]) => {
    const { const: only } = asSchema(field);
    return only === undefined ? [] : [[name, only] as const];
  });
  return isObject(value) && words.length > 0 && words.every(([name, word]) => value[name] === word);
}

function choicesOf({ anyOf, oneOf }: Schema): readonly Schema[] | null {
  return (anyOf ?? oneOf)?.map(asSchema) ?? null;
}

/** A schema can also be a plain yes or no, which says nothing of a form. */
function asSchema(schema: unknown): Schema {
  return isObject(schema) ? schema : {};
}

function isEntry(value: unknown): value is { readonly name: string; readonly value: unknown } {
  return isObject(value) && typeof value['name'] === 'string' && 'value' in value;
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
