import { z } from 'zod';
import { REPORTS, type ReportKind } from '../../domain/report.ts';

/** What is handed in, as a JSON Schema. */
type ReportSchema = {
  type: 'object';
  properties: { report: z.core.JSONSchema.BaseSchema };
  required: ['report'];
  additionalProperties: false;
};

/**
 * The schema of a report, in the draft that models and agents know. The report is one field of it, because what a model
 * hands in has to be a plain object, which a choice between forms is not.
 */
export function toReportSchema(kind: ReportKind): ReportSchema {
  const { $schema: _, ...report } = z.toJSONSchema(REPORTS[kind], { target: 'draft-7', io: 'input' });
  return { type: 'object', properties: { report }, required: ['report'], additionalProperties: false };
}
