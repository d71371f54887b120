import type { Catalog } from '../catalog/catalog.ts';
import { CatalogError } from '../catalog/fault.ts';
import type { WorkflowOffer } from '../domain/brief.ts';
import { chooseWorkflow } from '../domain/choose-workflow.ts';
import type { BegunRun, Order, Run } from '../domain/run.ts';
import { isBegun } from '../domain/run.ts';
import type { Sha } from '../domain/sha.ts';
import type { Definition } from '../domain/workflow.ts';
import type { Defined } from '../orchestration/begin-run.ts';
import type { CatalogAt } from './repository-catalogs.ts';

/** The shipped workflow that only finds out which other one an issue needs. */
const TRIAGE = 'triage';

/** What a run does: the workflow that was asked for, or that the issue speaks for; else the lead is asked. */
export async function defineWorkflow(catalogAt: CatalogAt, order: Order, commit: Sha): Promise<Defined> {
  try {
    const { catalog, settings } = await catalogAt(order.subject.repository, commit);
    const asked = order.workflow;
    const workflowNames = namesFor(order, catalog);
    if (asked !== null && !workflowNames.has(asked)) {
      return { kind: 'undefined', why: whyNot(asked, { order, catalog, known: workflowNames }) };
    }
    const chosen = chooseWorkflow({
      ticket: order.ticket,
      asked,
      labelMap: settings.labels,
      workflowNames,
    });
    return {
      kind: 'defined',
      definition: catalog.define(chosen.kind === 'chosen' ? chosen.workflow : TRIAGE),
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

/** The workflows for what the run is about. */
function namesFor(order: Order, { workflows }: Catalog): ReadonlySet<string> {
  const subject = order.change === undefined ? 'issue' : 'pull-request';
  return new Set([...workflows.values()].filter((one) => one.subject === subject).map(({ name }) => name));
}

function whyNot(
  asked: string,
  { order, catalog, known }: { order: Order; catalog: Catalog; known: ReadonlySet<string> },
): string {
  const here = order.change === undefined ? 'an issue' : 'a pull request';
  const there = order.change === undefined ? 'pull requests' : 'issues';
  const choice = `For ${here} there are: ${[...known].join(', ')}.`;
  return catalog.workflows.has(asked)
    ? `The workflow ${asked} is for ${there}, and this is ${here}. ${choice}`
    : `There is no workflow ${asked} here. ${choice}`;
}

/** A workflow by its name, at the base of the run; null when there is none. */
export async function defineByName(catalogAt: CatalogAt, run: Run, name: string): Promise<Definition | null> {
  if (!isBegun(run)) {
    return null;
  }
  const { catalog } = await catalogAt(run.order.subject.repository, run.base.sha);
  return namesFor(run.order, catalog).has(name) ? catalog.define(name) : null;
}

/** What a triage can choose from: all but the one that asks. */
export async function listOffers(
  catalogAt: CatalogAt,
  { order, base }: BegunRun,
): Promise<readonly WorkflowOffer[]> {
  const { catalog } = await catalogAt(order.subject.repository, base.sha);
  const names = namesFor(order, catalog);
  return [...catalog.workflows.values()]
    .filter(({ name }) => name !== TRIAGE && names.has(name))
    .map(({ name, description }) => ({ name, description }));
}
