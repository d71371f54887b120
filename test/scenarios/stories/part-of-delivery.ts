import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { z } from 'zod';

const SHIPPED = join(import.meta.dirname, '../../../workflows/delivery.yaml');

const workflowSchema = z.looseObject({ steps: z.array(z.looseObject({ id: z.string() })) });

/**
 * The shipped delivery with only these of its steps, as the repository's own workflow of the same name: a story about
 * one phase does not go through the others. What the steps say, and what settings change of them, is untouched.
 */
export function partOfDelivery(...ids: readonly string[]): Readonly<Record<string, string>> {
  const { success: _, ...workflow } = workflowSchema.parse(
    parseDocument(readFileSync(SHIPPED, 'utf8')).toJS(),
  );
  const steps = workflow.steps.filter(({ id }) => ids.includes(id));
  const unknown = ids.filter((id) => !steps.some((step) => step.id === id));
  if (unknown.length > 0) {
    throw new RangeError(`the delivery has no step ${unknown.join(', ')}`);
  }
  return { '.github/baton/workflows/delivery.yaml': JSON.stringify({ ...workflow, steps }, null, 2) };
}
