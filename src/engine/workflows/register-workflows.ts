import { DBOS } from '@dbos-inc/dbos-sdk';
import { type Durable, ReplayError } from '../../ports/durable.ts';
import type { StartRequest } from '../../ports/engine.ts';
import { isLeaseLost } from '../../ports/lease.ts';
import type { AbandonedWorkflow, EngineOptions, WorkflowDefinition } from '../engine-options.ts';
import { never } from './performances.ts';
import type { QueueSpec, Queues } from './queues.ts';

/** The workflows of the options, known to DBOS. */
export interface RegisteredWorkflows {
  readonly queues: readonly QueueSpec[];
  /** Puts a start on disk; returns the queue it waits in, or null when it began at once. */
  start(request: StartRequest): Promise<string | null>;
}

interface Registered {
  readonly queue: QueueSpec | null;
  readonly execute: (input: unknown) => Promise<void>;
}

/** What executions need of the engine around them. */
export interface ExecutionWorld {
  readonly queues: Queues;
  /** The durable side of an execution, by its id. */
  durableFor(id: string): Durable;
}

/** Registers the workflows; before the launch. */
export function registerWorkflows(
  workflows: EngineOptions['workflows'],
  world: ExecutionWorld,
): RegisteredWorkflows {
  const registered = new Map<string, Registered>();
  for (const [name, definition] of Object.entries(workflows)) {
    const queue = toQueueSpec(name, definition);
    const execute = DBOS.registerWorkflow(
      (input: unknown) => {
        const id = String(DBOS.workflowID);
        if (queue !== null) {
          world.queues.began(id, queue.name);
        }
        return untilTakenOver(() => perform(definition, { id, input }, world.durableFor(id)));
      },
      // Every crash counts as an attempt, also for a run that merely waits for a person.
      { name, maxRecoveryAttempts: 1_000_000 },
    );
    registered.set(name, { queue, execute });
  }
  return {
    queues: [...registered.values()].flatMap(({ queue }) => queue ?? []),
    start: (request) => start(registered, request),
  };
}

async function perform(
  definition: WorkflowDefinition,
  workflow: AbandonedWorkflow,
  durable: Durable,
): Promise<void> {
  try {
    await definition.perform(workflow.input, durable);
  } catch (error) {
    if (error instanceof ReplayError) {
      await definition.abandon?.(workflow, error);
    }
    throw error;
  }
}

async function untilTakenOver(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    // Not the workflow's failure: another process has it now.
    if (isLeaseLost(error)) {
      return never();
    }
    throw error;
  }
}

async function start(
  registered: ReadonlyMap<string, Registered>,
  { workflow, id, input, partition }: StartRequest,
): Promise<string | null> {
  const found = registered.get(workflow);
  if (found === undefined) {
    const known = [...registered.keys()].join(', ');
    throw new Error(`There is no workflow "${workflow}" to start; there are: ${known}.`);
  }
  const partitioned = found.queue?.partitionConcurrency !== undefined;
  if (partitioned !== (partition !== undefined)) {
    throw new Error(
      `The workflow "${workflow}" is ${partitioned ? '' : 'not '}partitioned; start ${id} accordingly.`,
    );
  }
  await DBOS.startWorkflow(found.execute, {
    workflowID: id,
    ...(found.queue === null ? {} : { queueName: found.queue.name }),
    ...(partition === undefined ? {} : { enqueueOptions: { queuePartitionKey: partition } }),
  })(input);
  return found.queue?.name ?? null;
}

function toQueueSpec(name: string, { concurrency, partitioned }: WorkflowDefinition): QueueSpec | null {
  if (concurrency === undefined && partitioned !== true) {
    return null;
  }
  return {
    name,
    ...(concurrency === undefined ? {} : { globalConcurrency: concurrency }),
    ...(partitioned === true ? { partitionConcurrency: 1 } : {}),
  };
}
