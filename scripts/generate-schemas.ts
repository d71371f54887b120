import { z } from 'zod';
import type { Catalog } from '../src/catalog/catalog.ts';
import { CLAUDE_TOOLS } from '../src/catalog/parse-role.ts';
import { profileSchema } from '../src/domain/profile.ts';
import { repositorySettingsSchema } from '../src/domain/repository-settings.ts';
import { roleSchema } from '../src/domain/role.ts';
import type { StepKind } from '../src/domain/step-kind.ts';
import { workflowSchema } from '../src/domain/workflow.ts';
import type { GeneratedFiles } from './generated-files.ts';
import { toInputSchema } from './reference/options-table.ts';

/** JSON Schemas (draft-7) that let an editor complete and check the data files. */
export function generateSchemas(catalog: Catalog): GeneratedFiles {
  const settings = toInputSchema(repositorySettingsSchema);
  return new Map([
    ['schemas/workflow.schema.json', toText('A Baton workflow', toWorkflowSchema(catalog))],
    ['schemas/profile.schema.json', toText('A Baton profile', toInputSchema(profileSchema))],
    ['schemas/role.schema.json', toText('The front matter of a Baton role', toRoleSchema())],
    ['schemas/baton.schema.json', toText('What a repository sets for itself in .github/baton.yml', settings)],
  ]);
}

/** The schema of the domain, which leaves `kind` and `with` open, closed by the step kinds there are. */
function toWorkflowSchema({ stepKinds }: Catalog): object {
  const kinds = [...stepKinds.values()];
  const step = {
    properties: { kind: { enum: kinds.map(({ name }) => name) } },
    allOf: kinds.map(toOptionsRule),
  };
  return {
    ...toInputSchema(workflowSchema),
    definitions: { step },
    allOf: [{ properties: { steps: { items: { $ref: '#/definitions/step' } } } }],
  };
}

/** The step is of another kind, or its `with` is what the kind takes, and is there when the kind needs it. */
function toOptionsRule({ name, options }: StepKind): object {
  const given = Object.entries(toInputSchema(options)).filter(([key]) => key !== '$schema');
  const isNeeded = !options.safeParse({}).success;
  return {
    anyOf: [
      { properties: { kind: { not: { const: name } } } },
      { properties: { with: Object.fromEntries(given) }, ...(isNeeded ? { required: ['with'] } : {}) },
    ],
  };
}

const listSchema = z.object({ items: z.object({ enum: z.array(z.string()) }) });

/** Tools may also be written as Claude Code writes them: by its names, and joined by commas. */
function toRoleSchema(): object {
  const { tools, ...others } = roleSchema.omit({ brief: true }).shape;
  const { items } = listSchema.parse(toInputSchema(tools));
  const names = [...items.enum, ...Object.keys(CLAUDE_TOOLS)];
  const name = `(${names.join('|')})`;
  const written = z
    .union([z.array(z.enum(names)), z.string().regex(new RegExp(`^ *${name}( *, *${name})* *$`))])
    .default([...tools.parse(undefined)])
    .describe(tools.description ?? '');
  return toInputSchema(z.looseObject({ ...others, tools: written }));
}

/** `$schema` comes first: an editor goes by it, and a person sees at once what it is. */
function toText(title: string, schema: object): string {
  const dialect = 'http://json-schema.org/draft-07/schema#';
  return `${JSON.stringify({ $schema: dialect, title, ...schema }, null, 2)}\n`;
}
