import type { Catalog } from '../catalog/catalog.ts';
import { CatalogError } from '../catalog/fault.ts';
import { mayBeChosen } from '../catalog/may-be-chosen.ts';
import type { WorkflowOffer } from '../domain/brief.ts';
import { chooseWorkflow } from '../domain/choose-workflow.ts';
import { configureSteps, UnsettableError } from '../domain/configure-steps.ts';
import { stepOf } from '../domain/progress.ts';
import type { HeldRun, Order, Run, RunningRun } from '../domain/run.ts';
import type { Sha } from '../domain/sha.ts';
import { limitMinutes } from '../domain/team/limit-minutes.ts';
import { NOBODY } from '../domain/team/nobody.ts';
import type { Definition, Step, Workflow } from '../domain/workflow.ts';
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
    const configured = configureSteps(
      catalog.define(chosen.kind === 'chosen' ? chosen.workflow : TRIAGE),
      settings,
    );
    const definition = limitMinutes(configured, order, settings);
    if (order.requestedBy.id === NOBODY && mayWrite(definition, catalog)) {
      return {
        kind: 'undefined',
        why: 'The team asks for this by itself, so it may only read; its workflow writes.',
      };
    }
    return {
      kind: 'defined',
      definition,
      choice: chosen.choice,
      settings,
    };
  } catch (error) {
    if (error instanceof CatalogError || error instanceof UnsettableError) {
      return { kind: 'undefined', why: error.message };
    }
    throw error;
  }
}

/** Only a person can have Baton write. What chooses its steps itself could come to anything. */
function mayWrite({ workflow }: Definition, { stepKinds }: Catalog): boolean {
  return workflow.steps.some((step) => {
    const kind = stepKinds.get(step.kind);
    const options = kind?.options.safeParse(step.with);
    return (
      options?.success !== true ||
      kind?.writes(options.data) === true ||
      kind?.endings.some((ending) => ending === 'chosen' || ending === 'planned') === true
    );
  });
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

/** A workflow by its name, at the base of the run; null when there is none that the present step can choose. */
export async function defineByName(catalogAt: CatalogAt, run: Run, name: string): Promise<Definition | null> {
  if (run.state !== 'running' && run.state !== 'held') {
    return null;
  }
  const { catalog, settings } = await catalogAt(run.order.subject.repository, run.base.sha);
  return listChoosable(run, catalog).some((workflow) => workflow.name === name)
    ? limitMinutes(configureSteps(catalog.define(name), settings), run.order, settings)
    : null;
}

/** The steps that a document has laid out for a run; null when they name what is not there at its base. */
export async function defineSteps(
  catalogAt: CatalogAt,
  run: Run,
  steps: readonly Step[],
): Promise<Definition | null> {
  if (run.state !== 'running' && run.state !== 'held') {
    return null;
  }
  const { catalog, settings } = await catalogAt(run.order.subject.repository, run.base.sha);
  const { name, subject } = run.definition.workflow;
  const description = 'The steps that a document lays out.';
  const made = catalog.defineMade({ name, subject, description, labels: [], steps: [...steps] });
  return made === null ? null : limitMinutes(made, run.order, settings);
}

/** What the present step of a run can choose from. */
export async function listOffers(catalogAt: CatalogAt, run: RunningRun): Promise<readonly WorkflowOffer[]> {
  const { catalog } = await catalogAt(run.order.subject.repository, run.base.sha);
  return listChoosable(run, catalog).map(({ name, description }) => ({ name, description }));
}

/** By the workflow that the step is part of, which may have been chosen itself, and without what it chose before. */
function listChoosable(run: RunningRun | HeldRun, { workflows, stepKinds }: Catalog): readonly Workflow[] {
  const { subject, steps } = run.definition.workflow;
  const { chosenBy } = stepOf(run, run.step);
  const host = { subject, steps: steps.filter((step) => step.chosenBy === chosenBy) };
  return [...workflows.values()].filter((workflow) => mayBeChosen(host, workflow, stepKinds));
}
