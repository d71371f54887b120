import { type Condition, SENT_BACK, type When } from '../../domain/condition.ts';
import type { FactSpecs } from '../../domain/fact.ts';
import type { StepKind } from '../../domain/step-kind.ts';
import { GO_ON, type Step, type Workflow } from '../../domain/workflow.ts';
import { factsOf } from '../facts-of.ts';

/** What can lead from one step to another without a person. */
export interface Way {
  readonly why: 'passed' | 'passed-over' | 'rejected' | 'rethink' | 'again';
  /** Positions of steps; one past the last step is the end. */
  readonly from: number;
  readonly to: number;
  /** The counter that ends it, when it cannot be gone for ever. */
  readonly counter: string | null;
  /** The counters that start from nothing when it is gone. */
  readonly clears: readonly string[];
}

export interface Place {
  readonly step: Step;
  /** What the step reports when it passes. */
  readonly reports: FactSpecs;
  readonly ways: readonly Way[];
}

/** A workflow as places and the ways between them. A field that leads somewhere gets its way here, and nowhere else. */
export function toWorkflowGraph(
  { steps }: Workflow,
  stepKinds: ReadonlyMap<string, StepKind>,
): readonly Place[] {
  return steps.map((step, index) => ({
    step,
    reports: factsOf(step, stepKinds),
    ways: [
      toPassed(step, index),
      ...(step.when === undefined && step.enabled === undefined ? [] : [toPassedOver(index)]),
      ...toRejected(step, index, steps),
      ...toRethink(step, index, steps),
      ...toAgain(step, index, steps),
    ],
  }));
}

/** All conditions on facts in a workflow. */
export function conditionsOf(places: readonly Place[]): readonly Condition[] {
  return places.flatMap(({ step: { when, again } }) => [...toConditions(when), ...toConditions(again?.when)]);
}

/** The condition on a fact, if it is one. */
export function toConditions(when: When | undefined): readonly Condition[] {
  return when === undefined || when === SENT_BACK ? [] : [when];
}

function toPassed({ id }: Step, index: number): Way {
  return { why: 'passed', from: index, to: index + 1, counter: null, clears: [toCounter('rejected', id)] };
}

function toPassedOver(index: number): Way {
  return { why: 'passed-over', from: index, to: index + 1, counter: null, clears: [] };
}

/** A rejection goes back to be mended, or on as the result it is. */
function toRejected({ id, onReject }: Step, index: number, steps: readonly Step[]): readonly Way[] {
  if (onReject === GO_ON) {
    return [{ why: 'rejected', from: index, to: index + 1, counter: null, clears: [] }];
  }
  const to = steps.findIndex((step) => step.id === onReject);
  const counter = toCounter('rejected', id);
  return to === -1 ? [] : [{ why: 'rejected', from: index, to, counter, clears: [] }];
}

/** A row of rejections begins anew further back. */
function toRethink({ id, rethink }: Step, index: number, steps: readonly Step[]): readonly Way[] {
  const to = steps.findIndex((step) => step.id === rethink?.from);
  const clears = [toCounter('rejected', id)];
  return to === -1 ? [] : [{ why: 'rethink', from: index, to, counter: toCounter('rethink', id), clears }];
}

/** A rejection that goes on goes back like a pass. */
function toAgain({ id, onReject, again }: Step, index: number, steps: readonly Step[]): readonly Way[] {
  const to = steps.findIndex((step) => step.id === again?.from);
  const way = { from: index, to, counter: toCounter('again', id) };
  return [
    { ...way, why: 'again' as const, clears: [toCounter('rejected', id)] },
    ...(onReject === GO_ON ? [{ ...way, why: 'rejected' as const, clears: [] }] : []),
  ].filter(() => to !== -1);
}

function toCounter(why: Way['why'], id: string): string {
  return `${why} ${id}`;
}
