import { z } from 'zod';
import { DEFAULT_LIMITS } from '../../domain/sandbox-limits.ts';
import { defineSetting } from '../setting.ts';

const MIB = 1024 ** 2;

/** A limit as a whole number, with the default in the same unit. */
function defineLimit(description: string, standard: number, most = 9_999_999) {
  return defineSetting({
    description,
    schema: z
      .string()
      .regex(/^[1-9]\d{0,6}$/, `must be a number from 1 to ${most}`)
      .transform(Number)
      .refine((number) => number <= most, `must be a number from 1 to ${most}`),
    default: String(standard),
    remedy: `Leave it out for ${standard}.`,
  });
}

/** What one command in the sandbox may use. */
export const sandboxSettings = {
  BATON_SANDBOX_PROCESSES: defineLimit(
    'How many processes and threads a command in the sandbox has at most at the same time.',
    DEFAULT_LIMITS.processes,
  ),
  BATON_SANDBOX_MEMORY_MIB: defineLimit(
    'How much memory a command in the sandbox takes at most with all that it starts, in MiB.',
    DEFAULT_LIMITS.memoryBytes / MIB,
  ),
  BATON_SANDBOX_CPUS: defineSetting({
    description:
      'How many processors a command in the sandbox uses at most, such as `1.5`. Has force only where Baton may make ' +
      'control groups.',
    schema: z
      .string()
      .regex(/^\d{1,3}(?:\.\d{1,2})?$/, 'must be a number of processors, such as 2 or 1.5')
      .transform(Number)
      .refine((number) => number >= 0.1, 'must be at least 0.1')
      .optional(),
    remedy: 'Leave it out for all that there are.',
  }),
  BATON_SANDBOX_CPU_MINUTES: defineLimit(
    'How much processor time each process in the sandbox has, in minutes.',
    DEFAULT_LIMITS.cpuSeconds / 60,
    100_000,
  ),
  BATON_SANDBOX_FILE_MIB: defineLimit(
    'How large a single file gets in the sandbox, in MiB.',
    DEFAULT_LIMITS.fileBytes / MIB,
  ),
  BATON_SANDBOX_TREE_MIB: defineLimit(
    'How large a tree gets, with the files of the commit that it was made of, in MiB.',
    DEFAULT_LIMITS.treeBytes / MIB,
  ),
  BATON_SANDBOX_TREE_FILES: defineLimit(
    'How many files and directories a tree has at most, with those of the commit that it was made of.',
    DEFAULT_LIMITS.treeFiles,
  ),
  BATON_SANDBOX_TMP_MIB: defineLimit(
    'How much a command in the sandbox may write to `/tmp`, and as much again to its home, in MiB. Both are in memory.',
    DEFAULT_LIMITS.tmpBytes / MIB,
  ),
  BATON_SANDBOX_FREE_MIB: defineLimit(
    'How much must be free on the volume with the trees, in MiB. With less, nothing that writes is started; with half ' +
      'of it, what writes is ended.',
    DEFAULT_LIMITS.freeBytes / MIB,
  ),
};
