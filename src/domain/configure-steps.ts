import { z } from 'zod';
import type { RepositorySettings } from './repository-settings.ts';
import type { Definition, Step } from './workflow.ts';

/** A step that cannot be set as its workflow says. */
export class UnsettableError extends Error {
  override readonly name = 'UnsettableError';
}

const treeSchema = z.record(z.string(), z.unknown());
const namedSchema = z.looseObject({ name: z.string().optional(), gate: z.string().optional() });

/**
 * The definition with what the repository sets for its steps in place of what the workflow says. What it leaves out stays.
 * @throws UnsettableError when a step sets a field that it does not have.
 */
export function configureSteps(definition: Definition, { delivery }: RepositorySettings): Definition {
  const steps = definition.workflow.steps.map((step) =>
    Object.entries(step.set ?? {}).reduce((set, [path, { setting, values }]) => {
      const value = delivery[setting];
      const field = values === undefined || typeof value === 'object' ? value : values[String(value)];
      return value === undefined || field === undefined ? set : setField(set, path, field);
    }, step),
  );
  return { ...definition, workflow: { ...definition.workflow, steps } };
}

function setField<Own extends Step>(step: Own, path: string, value: unknown): Own {
  // Only fields that are there already change, so the step keeps its form.
  return put(step, path.split('/'), { step: step.id, path, value }) as Own;
}

interface Setting {
  readonly step: string;
  readonly path: string;
  readonly value: unknown;
}

function put(tree: unknown, [name = '', ...rest]: readonly string[], setting: Setting): unknown {
  if (Array.isArray(tree)) {
    const at = tree.findIndex((one) => isCalled(one, name));
    return at === -1 ? refuse(setting) : tree.with(at, put(tree[at], rest, setting));
  }
  const branch = treeSchema.safeParse(tree).data;
  if (branch === undefined || !Object.hasOwn(branch, name)) {
    return refuse(setting);
  }
  return { ...branch, [name]: rest.length === 0 ? setting.value : put(branch[name], rest, setting) };
}

/** Gates of a list go by the names of their check runs. */
function isCalled(one: unknown, wanted: string): boolean {
  const { name, gate } = namedSchema.safeParse(one).data ?? {};
  return (name ?? gate) === wanted;
}

function refuse({ step, path }: Setting): never {
  throw new UnsettableError(
    `The step ${step} sets ${path}, which it does not have. Write the field with a value of its own, or take it out of \`set\`.`,
  );
}
