import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/**
 * What tools have really done with `examples/invoices` (`good`) and with changes of it that have a fault for each tool
 * (`bad`) or an untested file (`thin`), in the versions that are named there. Only the place of the tree was renamed, and
 * names of hosts and times were taken out.
 */
export const RECORDED_TOOLS = z
  .array(
    z.object({
      check: z.string(),
      state: z.enum(['good', 'bad', 'thin']),
      tool: z.string(),
      command: z.string(),
      code: z.int(),
      output: z.string(),
      reports: z.record(z.string(), z.string()).default({}),
    }),
  )
  .parse(
    JSON.parse(readFileSync(join(import.meta.dirname, '../examples/recorded/python-tools.json'), 'utf8')),
  );
