import type { Catalog } from '../src/catalog/catalog.ts';
import { profileSchema } from '../src/domain/profile.ts';
import { roleSchema } from '../src/domain/role.ts';
import type { StepKind } from '../src/domain/step-kind.ts';
import { workflowSchema } from '../src/domain/workflow.ts';
import type { GeneratedFiles } from './generated-files.ts';
import { toInputSchema } from './reference/options-table.ts';

/** JSON Schemas (draft-7) that let an editor complete and check the data files. */
export function generateSchemas(catalog: Catalog): GeneratedFiles {
  return new Map([
    ['schemas/workflow.schema.json', toText('A Baton workflow', toWorkflowSchema(catalog))],
    ['schemas/profile.schema.json', toText('A Baton profile', toInputSchema(profileSchema))],
    [
      'schemas/role.schema.json',
      toText('The front matter of a Baton role', toInputSchema(roleSchema.omit({ brief: true }))),
    ],
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

/** The step is of another kind, or its `with` is what the kind takes. */
function toOptionsRule({ name, options }: StepKind): object {
  const given = Object.entries(toInputSchema(options)).filter(([key]) => key !== '$schema');
  return {
    anyOf: [
      { properties: { kind: { not: { const: name } } } },
      { properties: { with: Object.fromEntries(given) } },
    ],
  };
}

function toText(title: string, schema: object): string {
  return `${JSON.stringify({ title, ...schema }, null, 2)}\n`;
}
