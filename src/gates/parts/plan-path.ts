import { z } from 'zod';

/** Where a document of the run is, with `{ticket}` for the key of its ticket. */
export const planPathSchema = z
  .string()
  .min(1)
  .default('docs/plan/{ticket}.md')
  .describe('Where the plan is, with `{ticket}` for the key of the ticket.');
