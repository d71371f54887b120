import { CatalogError } from '../catalog/fault.ts';
import type { WorkflowOffer } from '../domain/brief.ts';
import type { Choice } from '../domain/choice.ts';
import { chooseWorkflow } from '../domain/choose-workflow.ts';
import type { BegunRun, Order, Run } from '../domain/run.ts';
import { isBegun } from '../domain/run.ts';
import type { Sha } from '../domain/sha.ts';
import type { Definition } from '../domain/workflow.ts';
import type { Defined } from '../orchestration/begin-run.ts';
import type { CatalogAt } from './repository-catalogs.ts';

/** The shipped workflow that only finds out which other one an issue needs. */
const TRIAGE = 'triage';

/** Nobody has chosen yet; the lead is asked. */
const UNDECIDED: Choice = {
  by: 'lead',
  type: null,
  confidence: 0,
  reasons: ['Neither a label nor the words of the issue decide, so the lead is asked.'],
};

/** What a run does: the workflow that was asked for, or that the issue speaks for; else the lead is asked. */
export async function defineWorkflow(catalogAt: CatalogAt, order: Order, commit: Sha): Promise<Defined> {
  try {
    const { catalog, settings } = await catalogAt(order.subject.repository, commit);
    const asked = order.workflow;
    if (asked !== null && !catalog.workflows.has(asked)) {
      const known = [...catalog.workflows.keys()].join(', ');
      return { kind: 'undefined', why: `There is no workflow ${asked} here. There are: ${known}.` };
    }
    const chosen = chooseWorkflow({
      ticket: order.ticket,
      asked,
      labelMap: settings.labels,
      workflowNames: new Set(catalog.workflows.keys()),
    }) ?? { workflow: TRIAGE, choice: UNDECIDED };
    return {
      kind: 'defined',
      definition: catalog.define(chosen.workflow),
      choice: chosen.choice,
      settings,
    };
  } catch (error) {
    if (error instanceof CatalogError) {
      return { kind: 'undefined', why: error.message };
    }
    throw error;
  }
}

/** A workflow by its name, at the base of the run; null when there is none. */
export async function defineByName(catalogAt: CatalogAt, run: Run, name: string): Promise<Definition | null> {
  if (!isBegun(run)) {
    return null;
  }
  const { catalog } = await catalogAt(run.order.subject.repository, run.base.sha);
  return catalog.workflows.has(name) ? catalog.define(name) : null;
}

/** What a triage can choose from: all but the one that asks. */
export async function listOffers(
  catalogAt: CatalogAt,
  { order, base }: BegunRun,
): Promise<readonly WorkflowOffer[]> {
  const { catalog } = await catalogAt(order.subject.repository, base.sha);
  return [...catalog.workflows.values()]
    .filter(({ name }) => name !== TRIAGE)
    .map(({ name, description }) => ({ name, description }));
}
