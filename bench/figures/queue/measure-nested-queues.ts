import { DBOS } from '@dbos-inc/dbos-sdk';
import { countWorkflows } from './count-workflows.ts';
import { createCalls, LIMITS, type Measured, ROLES, type Role, RUNS, rolesOf } from './workload.ts';

const ALL = 'all calls';

function ofRole(role: Role): string {
  return `calls of ${role}`;
}

/**
 * A call is a child in the queue of all calls, and its child, in the queue of its role, does the work. Queues and
 * results are looked at every `pollMs`.
 */
export async function measureNestedQueues(databaseUrl: string, pollMs: number): Promise<Measured> {
  const calls = createCalls();
  const waiting = { pollingIntervalMs: pollMs };
  const inner = DBOS.registerWorkflow(
    (role: Role) => DBOS.runStep(() => calls.call(role), { name: 'agent' }),
    { name: 'inner' },
  );
  const outer = DBOS.registerWorkflow(
    async (role: Role) => {
      const child = await DBOS.startWorkflow(inner, { queueName: ofRole(role) })(role);
      return await child.getResult(waiting);
    },
    { name: 'outer' },
  );
  const perform = DBOS.registerWorkflow(
    async (run: number) => {
      for (const role of rolesOf(run)) {
        const child = await DBOS.startWorkflow(outer, { queueName: ALL })(role);
        await child.getResult(waiting);
      }
    },
    { name: 'run' },
  );
  DBOS.setConfig({ name: 'nested', systemDatabaseUrl: databaseUrl, logLevel: 'error' });
  await DBOS.launch();
  const polling = { minPollingIntervalMs: pollMs };
  await DBOS.registerQueue(ALL, { globalConcurrency: LIMITS.calls, ...polling });
  for (const role of ROLES) {
    await DBOS.registerQueue(ofRole(role), { globalConcurrency: LIMITS.callsPerRole, ...polling });
  }
  await untilQueuesArePolled(inner);
  const startedMs = performance.now();
  const runs = [];
  for (let run = 0; run < RUNS; run += 1) {
    runs.push(await DBOS.startWorkflow(perform, { workflowID: `run-${run}` })(run));
  }
  await Promise.all(runs.map((run) => run.getResult()));
  const ms = performance.now() - startedMs;
  await DBOS.shutdown({ deregister: true });
  // Those that only waited for the first poll do not count.
  return { ms, most: calls.most(), rows: (await countWorkflows(databaseUrl)) - WARMING.length };
}

const WARMING = [ALL, ...ROLES.map(ofRole)];

/** DBOS looks at a new queue only after a second; that is not what is measured. */
async function untilQueuesArePolled(workflow: (role: Role) => Promise<null>): Promise<void> {
  const first = await Promise.all(
    WARMING.map((queueName) => DBOS.startWorkflow(workflow, { queueName })('coder')),
  );
  await Promise.all(first.map((one) => one.getResult()));
}
