import type { Catalog } from '../catalog/catalog.ts';
import type { Order } from '../domain/run.ts';
import type { Sha } from '../domain/sha.ts';
import type { Repository } from '../domain/subject.ts';
import type { Definition } from '../domain/workflow.ts';
import type { Defined } from '../orchestration/begin-run.ts';
import type { Parts } from './parts.ts';

/** The shipped workflow that only finds out which other one an issue needs. */
const TRIAGE = 'triage';

/** What a run does: the workflow that was asked for, or that the issue speaks for; else the lead is asked. */
export async function defineWorkflow(parts: Parts, order: Order, commit: Sha): Promise<Defined> {
  const catalog = await catalogAt(parts, order.subject.repository, commit);
  const { workflow } = order;
  if (workflow !== null && !catalog.workflows.has(workflow)) {
    const known = [...catalog.workflows.keys()].map((name) => `\`${name}\``).join(', ');
    return { kind: 'undefined', why: `There is no workflow \`${workflow}\` here. There are ${known}.` };
  }
  return {
    kind: 'defined',
    definition: catalog.define(workflow ?? 'backend-feature'),
    choice: { by: 'request', type: null, confidence: 1, reasons: [] },
  };
}

/** A workflow by its name, or null. */
export async function defineByName(
  parts: Parts,
  { repository, commit }: { readonly repository: Repository; readonly commit: Sha },
  name: string,
): Promise<Definition | null> {
  const catalog = await catalogAt(parts, repository, commit);
  return catalog.workflows.has(name) ? catalog.define(name) : null;
}

async function catalogAt({ catalog }: Parts, _repository: Repository, _commit: Sha): Promise<Catalog> {
  return catalog;
}
