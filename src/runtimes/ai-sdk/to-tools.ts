import { type ToolSet, tool } from 'ai';
import { z } from 'zod';
import type { Access } from '../../domain/brief.ts';
import type { Role } from '../../domain/role.ts';
import { DEFAULT_SECONDS, MOST_SECONDS, type ToolInputs, type ToolName } from '../tool-host/protocol.ts';
import type { ToolHost } from './open-tool-host.ts';

type Permission = Role['tools'][number];

/** What the model is told of a tool, and who has it. */
interface ToolSpec<Name extends ToolName> {
  readonly description: string;
  readonly input: z.ZodType<ToolInputs[Name]>;
  /** One of these is enough. */
  readonly needs: readonly Permission[];
  /** Whether it changes files. */
  readonly writes: boolean;
}

const pathSchema = z.string().min(1).max(4096).describe('Path below the working directory.');

const SPECS: { readonly [Name in ToolName]: ToolSpec<Name> } = {
  read: {
    description: 'Reads a text file, with numbered lines.',
    input: z.object({
      path: pathSchema,
      offset: z.int().positive().optional().describe('The first line; 1 when absent.'),
      limit: z.int().positive().optional().describe('How many lines; 2000 when absent.'),
    }),
    needs: ['read', 'edit'],
    writes: false,
  },
  list: {
    description: 'Lists a directory, or with a glob all files below it that match.',
    input: z.object({
      path: pathSchema.optional(),
      glob: z.string().max(1000).optional().describe('Such as src/**/*.ts, seen from the path.'),
    }),
    needs: ['read', 'search', 'edit'],
    writes: false,
  },
  search: {
    description: 'Finds lines that match an extended regular expression, as grep -rnE does.',
    input: z.object({
      pattern: z.string().min(1).max(2000),
      path: pathSchema.optional(),
      files: z.string().max(200).optional().describe('Only files whose name matches, such as *.ts.'),
    }),
    needs: ['search'],
    writes: false,
  },
  edit: {
    description: 'Replaces a text in a file. It must be there exactly once, unless all is set.',
    input: z.object({
      path: pathSchema,
      old: z.string().describe('The text as it stands, without line numbers.'),
      new: z.string(),
      all: z.boolean().optional(),
    }),
    needs: ['edit'],
    writes: true,
  },
  write: {
    description: 'Writes a whole file; makes it, and its directories, when they are not there.',
    input: z.object({ path: pathSchema, content: z.string() }),
    needs: ['edit'],
    writes: true,
  },
  run: {
    description: [
      'Runs a shell command in the working directory, without a network.',
      'It ends with all that it has started; nothing stays in the background.',
    ].join(' '),
    input: z.object({
      command: z.string().min(1).max(50_000),
      seconds: z
        .int()
        .positive()
        .max(MOST_SECONDS)
        .optional()
        .describe(`After how long it is ended; ${DEFAULT_SECONDS} when absent.`),
    }),
    needs: ['bash'],
    writes: false,
  },
};

/** The names of the tools that a role has in its tree. */
export function listTools(permissions: Role['tools'], access: Access): readonly ToolName[] {
  if (access === 'none') {
    return [];
  }
  const names = Object.keys(SPECS) as ToolName[]; // Its keys are the names, as its type says.
  return names.filter(
    (name) =>
      SPECS[name].needs.some((needed) => permissions.includes(needed)) &&
      (access === 'write' || !SPECS[name].writes),
  );
}

/** The tools as the AI SDK takes them: all that they do is done by the host. */
export function toTools(names: readonly ToolName[], host: ToolHost): ToolSet {
  return Object.fromEntries(names.map((name) => [name, toTool(name, host)]));
}

function toTool(name: ToolName, host: ToolHost): ToolSet[string] {
  const { description, input } = SPECS[name];
  return tool({
    description,
    inputSchema: input,
    async execute(given: ToolInputs[ToolName]) {
      const { ok, text } = await host.call(name, given);
      return ok ? text : `It did not work: ${text}`;
    },
  });
}
