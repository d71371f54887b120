import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const recordedSchema = z.array(
  z.object({
    check: z.string(),
    state: z.enum(['good', 'bad', 'thin', 'broken', 'none']),
    /** With its version. */
    tool: z.string(),
    command: z.string(),
    code: z.int(),
    output: z.string(),
    reports: z.record(z.string(), z.string()).default({}),
  }),
);

/**
 * What tools that Debian does not have said of `examples/invoices` (`good`) and of a change of it that has a fault for
 * each tool (`bad`), in the versions that are named there. All others are run. That of pip-audit is no recording: it was
 * written by hand from its documentation, and its `tool` says so.
 */
export const RECORDED_TOOLS = readRecorded('python-tools');

/**
 * What Go did with a small module in the sandbox, since it is too large to be installed for these tests alone: in order
 * (`good`), with a fault for each check (`bad`), with an untested file (`thin`), one that does not compile (`broken`), and
 * one without a test (`none`). Only the place of the tree was renamed, and times and stacks of the runtime taken out. These are real outputs of Go 1.19.8. There is none of the tools that are no part of Go: golangci-lint, gosec,
 * deadcode and govulncheck have no recording.
 */
export const RECORDED_GO = readRecorded('go-tools');

function readRecorded(name: string): z.infer<typeof recordedSchema> {
  const path = join(import.meta.dirname, `../examples/recorded/${name}.json`);
  return recordedSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
}
