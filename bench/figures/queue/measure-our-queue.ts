import { createEngine } from '../../../src/engine/create-engine.ts';
import { countWorkflows } from './count-workflows.ts';
import { createCalls, LIMITS, type Measured, type Role, RUNS, rolesOf } from './workload.ts';

/** The engine as it is: one queue of calls, whose limit is that of all, with a partition for each role. */
export async function measureOurQueue(databaseUrl: string): Promise<Measured> {
  const calls = createCalls();
  const allEnded = Promise.withResolvers<void>();
  let ended = 0;
  const running = await createEngine({
    databaseUrl,
    log: { debug: ignore, info: ignore, warn: ignore, error: console.error },
    limits: LIMITS,
    procedure: (input) => calls.call(input as Role),
    workflows: {
      run: {
        partitioned: true,
        async perform(input, durable) {
          for (const role of rolesOf(Number(input))) {
            await durable.callAll([{ name: role, input: role, limits: { role, repository: '1' } }]);
          }
          ended += 1;
          if (ended === RUNS) {
            allEnded.resolve();
          }
        },
      },
    },
    onLeaseLost: () => allEnded.reject(new Error('The lease was lost.')),
  });
  const startedMs = performance.now();
  for (let run = 0; run < RUNS; run += 1) {
    const id = `run-${run}`;
    await running.engine.start({ workflow: 'run', id, input: run, partition: id });
  }
  await allEnded.promise;
  const ms = performance.now() - startedMs;
  await running.stop();
  return { ms, most: calls.most(), rows: await countWorkflows(databaseUrl) };
}

function ignore(): void {}
