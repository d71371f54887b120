import { z } from 'zod';
import type { CheckRunChange } from '../operations/check-runs.ts';
import { CHECK_CONCLUSIONS, CHECK_STATUSES } from '../state/check-run.ts';

const MAX_ANNOTATIONS = 50;
const MAX_ACTIONS = 3;
const MAX_TEXT = 65_535;
const MAX_MESSAGE_BYTES = 65_536;

const annotation = z
  .object({
    path: z.string(),
    start_line: z.int(),
    end_line: z.int(),
    start_column: z.int().nullish(),
    end_column: z.int().nullish(),
    annotation_level: z.enum(['notice', 'warning', 'failure']),
    title: z.string().max(255).nullish(),
    message: z
      .string()
      .refine((text) => Buffer.byteLength(text) <= MAX_MESSAGE_BYTES, 'is larger than 64 KB'),
    raw_details: z
      .string()
      .refine((text) => Buffer.byteLength(text) <= MAX_MESSAGE_BYTES, 'is larger than 64 KB')
      .nullish(),
  })
  .transform((given) => ({
    path: given.path,
    startLine: given.start_line,
    endLine: given.end_line,
    startColumn: given.start_column ?? null,
    endColumn: given.end_column ?? null,
    level: given.annotation_level,
    title: given.title ?? null,
    message: given.message,
    rawDetails: given.raw_details ?? null,
  }));

const output = z.object({
  title: z.string().optional(),
  summary: z.string().max(MAX_TEXT, `is too long (maximum is ${MAX_TEXT} characters)`),
  text: z.string().max(MAX_TEXT, `is too long (maximum is ${MAX_TEXT} characters)`).optional(),
  annotations: z
    .array(annotation)
    .max(MAX_ANNOTATIONS, `no more than ${MAX_ANNOTATIONS} items are allowed`)
    .default([]),
});

const action = z.object({
  label: z.string().max(20),
  description: z.string().max(40),
  identifier: z.string().max(20),
});

const fields = z.object({
  status: z.enum(CHECK_STATUSES).optional(),
  conclusion: z.enum(CHECK_CONCLUSIONS).optional(),
  external_id: z.string().optional(),
  details_url: z.string().optional(),
  started_at: z.iso.datetime({ offset: true }).optional(),
  completed_at: z.iso.datetime({ offset: true }).optional(),
  output: output.optional(),
  actions: z.array(action).max(MAX_ACTIONS, `no more than ${MAX_ACTIONS} items are allowed`).optional(),
});

const COMPLETED_WITHOUT_CONCLUSION = {
  message: 'a conclusion is required when the status is completed',
  path: ['conclusion'],
};

/** Body of `POST /check-runs`. */
export const newCheckRun = fields
  .extend({ name: z.string().min(1), head_sha: z.string() })
  .refine((run) => run.status !== 'completed' || run.conclusion !== undefined, COMPLETED_WITHOUT_CONCLUSION);

/** Body of `PATCH /check-runs/{id}`. */
export const changedCheckRun = fields
  .extend({ name: z.string().min(1).optional() })
  .refine((run) => run.status !== 'completed' || run.conclusion !== undefined, COMPLETED_WITHOUT_CONCLUSION);

/** A body in our own words. */
export function toCheckRunChange(body: z.output<typeof changedCheckRun>): CheckRunChange {
  return {
    name: body.name,
    status: body.status,
    conclusion: body.conclusion,
    externalId: body.external_id,
    detailsUrl: body.details_url,
    startedAt: body.started_at,
    completedAt: body.completed_at,
    output: body.output,
    actions: body.actions,
  };
}
