import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { REPORTS, type ReportKind } from '../../../src/domain/report.ts';
import { fromStrict, toStrictSchema } from '../../../src/runtimes/codex/strict-schema.ts';
import { toReportSchema } from '../../../src/runtimes/parts/report-schema.ts';
import { REPORT_EXAMPLES } from '../support/report-examples.ts';
import { STRICT_REPORTS } from '../support/strict-reports.ts';

const KINDS = Object.keys(REPORTS) as ReportKind[]; // Its keys are the kinds, as its type says.

/** What a provider that binds answers to a schema wants of each object in it. */
function findLoose(schema: unknown, path = ''): readonly string[] {
  if (typeof schema !== 'object' || schema === null) {
    return [];
  }
  const { type, properties, required, additionalProperties } = schema as Record<string, unknown>;
  const names = Object.keys(properties ?? {});
  const isStrict =
    additionalProperties === false && JSON.stringify(required) === JSON.stringify(names) && names.length > 0;
  const own = type === 'object' && !isStrict ? [path] : [];
  const unknown = path.endsWith('/properties')
    ? []
    : Object.keys(schema).filter((key) => !Array.isArray(schema) && !KNOWN.has(key));
  return [
    ...own,
    ...unknown.map((key) => `${path}/${key}`),
    ...Object.entries(schema).flatMap(([key, value]) => findLoose(value, `${path}/${key}`)),
  ];
}

const KNOWN = new Set(['type', 'properties', 'required', 'additionalProperties', 'anyOf', 'items', 'enum']);

describe('src/runtimes/codex/strict-schema', () => {
  test.each(KINDS)('makes a schema of %s that providers take', (kind) => {
    const strict = toStrictSchema(toReportSchema(kind));
    expect(strict).toMatchObject({ type: 'object', required: ['report'] });
    expect(findLoose(strict)).toEqual([]);
  });

  test.each(KINDS)('understands the answer to it: %s', (kind) => {
    const schema = toReportSchema(kind);
    const answer = { report: STRICT_REPORTS[kind] };
    expect(new Ajv({ allowUnionTypes: true }).validate(toStrictSchema(schema), answer)).toBe(true);
    expect(fromStrict(schema, answer)).toEqual({ report: REPORT_EXAMPLES[kind] });
    expect(REPORTS[kind].parse(REPORT_EXAMPLES[kind])).toEqual(REPORT_EXAMPLES[kind]);
  });

  test.each(KINDS)('takes an answer of %s that was not bound to it', (kind) => {
    const answer = { report: REPORT_EXAMPLES[kind] };
    expect(fromStrict(toReportSchema(kind), answer)).toEqual(answer);
  });

  test.each([
    null,
    'a word',
    [1],
    { report: null },
    { report: [{ name: 1 }] },
    { report: { kind: 'work', facts: [1] } },
  ])('hands on what does not fit: %j', (answer) => {
    expect(fromStrict(toReportSchema('work'), answer)).toEqual(answer);
  });
});
