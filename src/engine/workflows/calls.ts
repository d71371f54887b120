import { DBOS, type WorkflowHandle } from '@dbos-inc/dbos-sdk';
import type { Call } from '../../ports/durable.ts';
import type { EngineOptions } from '../engine-options.ts';
import type { EndWatch } from './end-watch.ts';
import type { Performances } from './performances.ts';
import type { QueueSpec, Queues } from './queues.ts';

const CALLS = 'baton calls';

/** What a call is asked, as it is stored. */
interface CallInput {
  readonly caller: string;
  readonly name: string;
  readonly input: unknown;
}

type Child = WorkflowHandle<CallAnswer>;
type CallAnswer = { readonly kind: 'done'; readonly result: unknown } | { readonly kind: 'aborted' };

/** What calls need of the engine around them. */
export interface CallWorld {
  readonly performances: Performances;
  readonly queues: Queues;
  readonly ends: EndWatch;
}

/** Performs calls as child workflows in one queue: its limit is that of all calls, a partition's that of a role. */
export interface Calls {
  readonly queue: QueueSpec;
  /** Made in a workflow, in deterministic order. */
  callAll(calls: readonly Call[]): Promise<unknown[]>;
}

/** Registers the workflow that performs calls; before the launch. */
export function registerCalls(
  { procedure, limits }: Pick<EngineOptions, 'procedure' | 'limits'>,
  { performances, queues, ends }: CallWorld,
): Calls {
  const perform = DBOS.registerWorkflow(
    ({ caller, name, input }: CallInput) => {
      queues.began(workflowId(), CALLS);
      return performances.step(caller, name, (signal) => {
        // A call may be cancelled just as it leaves the queue; then this, within a second, is what tells it.
        const cancelled = DBOS.stepStatus?.cancelSignal;
        const stopped = cancelled === undefined ? signal : AbortSignal.any([signal, cancelled]);
        return answer(procedure(input, stopped), stopped);
      });
    },
    { name: CALLS, maxRecoveryAttempts: 1_000_000 },
  );
  const callAll = createCallAll(perform, { performances, queues, ends });
  const partitionConcurrency = Math.min(limits.callsPerRole, limits.calls);
  return { queue: { name: CALLS, globalConcurrency: limits.calls, partitionConcurrency }, callAll };
}

type Perform = (input: CallInput) => Promise<CallAnswer>;

/** Makes the calls of a workflow: children in the queue, whose ends it waits for. */
function createCallAll(perform: Perform, { performances, queues, ends }: CallWorld): Calls['callAll'] {
  const perRepository = new Map<string, number>();

  function begin(caller: string, { name, input, limits: { role } }: Call, priority: number): Promise<Child> {
    return DBOS.startWorkflow(perform, {
      queueName: CALLS,
      enqueueOptions: { queuePartitionKey: role, priority },
    })({ caller, name, input });
  }

  async function finish(caller: string, child: Child): Promise<unknown> {
    const end = await performances.reactToAbort(
      caller,
      // When it cannot be taken out of the queue, it finds the abort as it begins.
      () => void cancelWaiting(child.workflowID).catch(() => undefined),
      () => ends.ended(child.workflowID),
    );
    if (end === 'CANCELLED') {
      return 'aborted';
    }
    const given = await child.getResult();
    return given.kind === 'aborted' ? 'aborted' : given.result;
  }

  /** All begin before the first is waited for, and each is waited for in turn: a replay makes the same requests. */
  return async function callAll(calls: readonly Call[]): Promise<unknown[]> {
    const caller = workflowId();
    const children: Child[] = [];
    const begun: string[] = [];
    try {
      for (const call of calls) {
        const { repository } = call.limits;
        const others = perRepository.get(repository) ?? 0;
        perRepository.set(repository, others + 1);
        begun.push(repository);
        children.push(await begin(caller, call, others));
      }
      queues.wake(CALLS);
      const answers: unknown[] = [];
      for (const child of children) {
        answers.push(await finish(caller, child));
      }
      return answers;
    } finally {
      for (const repository of begun) {
        countDown(perRepository, repository);
      }
    }
  };
}

/** What a procedure does after its abort does not count any more, unless it had finished. */
async function answer(work: Promise<unknown>, signal: AbortSignal): Promise<CallAnswer> {
  try {
    return { kind: 'done', result: await work };
  } catch (error) {
    if (signal.aborted) {
      return { kind: 'aborted' };
    }
    throw error;
  }
}

/** A call which still waits for its limits cannot see a signal, so it is taken out of the queue. */
async function cancelWaiting(id: string): Promise<void> {
  const status = await DBOS.getWorkflowStatus(id);
  if (status?.status === 'ENQUEUED') {
    await DBOS.cancelWorkflow(id);
  }
}

function countDown(counts: Map<string, number>, key: string): void {
  const left = (counts.get(key) ?? 1) - 1;
  if (left > 0) {
    counts.set(key, left);
  } else {
    counts.delete(key);
  }
}

function workflowId(): string {
  const id = DBOS.workflowID;
  if (id === undefined) {
    throw new Error('A durable call exists only in a workflow.');
  }
  return id;
}
