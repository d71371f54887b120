import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Scope, Spent } from '../domain/budget.ts';
import type { LeaseHolders } from '../ports/lease.ts';
import type { ModelCall, ModelSpending } from '../ports/model-spending.ts';
import { countLostCalls } from './count-lost-calls.ts';
import type { Tables } from './tables.ts';

/** What models used, on Postgres. The sums are of all replicas, by the clock of the database. */
export function createModelSpending(db: Kysely<Tables>, holders: LeaseHolders | undefined): ModelSpending {
  return {
    async begin(call) {
      const { id } = await db
        .insertInto('model_usage')
        .values({ ...toFixed(call), ...toTold(call), state: 'under-way', holder: holders?.self ?? null })
        .returning('id')
        .executeTakeFirstOrThrow();
      return id;
    },
    async end(id, call) {
      await db
        .updateTable('model_usage')
        .set({ ...toTold(call), state: 'ended' })
        .where('id', '=', id)
        .execute();
    },
    async forget(id) {
      await db.deleteFrom('model_usage').where('id', '=', id).execute();
    },
    countLost: () => countLostCalls(db, holders),
    async used({ runId, step, attempt }) {
      const { input_tokens, output_tokens, cost_usd } = await db
        .selectFrom('model_usage')
        .select([
          sumOfKnown('input_tokens').as('input_tokens'),
          sumOfKnown('output_tokens').as('output_tokens'),
          sumOfKnown('cost_usd').as('cost_usd'),
        ])
        .where('run_id', '=', runId)
        .where('step', '=', step)
        .where('attempt', '=', attempt)
        .executeTakeFirstOrThrow();
      return { inputTokens: input_tokens, outputTokens: output_tokens, costUsd: cost_usd };
    },
    async spent({ runId, subject, repository }) {
      const [run, ofSubject, ofRepository, day] = await Promise.all([
        sumUp(db, sql<boolean>`run_id = ${runId}`),
        sumUp(db, sql<boolean>`subject = ${subject}`),
        sumUp(db, sql<boolean>`repository = ${repository} and at >= date_trunc('month', now(), 'UTC')`),
        sumUp(db, sql<boolean>`at >= date_trunc('day', now(), 'UTC')`),
      ]);
      return { run, subject: ofSubject, repository: ofRepository, day } satisfies Record<Scope, Spent>;
    },
  };
}

/** Null when it is not known of one of the calls; what is lost is only estimated. */
function sumOfKnown(column: 'input_tokens' | 'output_tokens' | 'cost_usd') {
  const given = sql.ref(column);
  return sql<number | null>`case when coalesce(bool_and(${given} is not null and state = 'ended'), true)
    then coalesce(sum(${given}), 0)::double precision end`;
}

async function sumUp(db: Kysely<Tables>, where: ReturnType<typeof sql<boolean>>): Promise<Spent> {
  const { cost_usd, tokens, unpriced_tokens } = await db
    .selectFrom('model_usage')
    .select([
      sql<number>`coalesce(sum(cost_usd), 0)`.as('cost_usd'),
      sql<number>`coalesce(sum(counted_tokens), 0)::double precision`.as('tokens'),
      sql<number>`coalesce(sum(counted_tokens) filter (where cost_usd is null), 0)::double precision`.as(
        'unpriced_tokens',
      ),
    ])
    .where(where)
    .where('state', '<>', 'under-way')
    .executeTakeFirstOrThrow();
  return { costUsd: cost_usd, tokens, unpricedTokens: unpriced_tokens };
}

function toFixed({ runId, repository, subject, step, attempt, model }: ModelCall) {
  return { run_id: runId, repository, subject, step, attempt, model };
}

function toTold(call: ModelCall) {
  return {
    input_tokens: call.inputTokens,
    cache_read_tokens: call.cacheReadTokens,
    cache_write_tokens: call.cacheWriteTokens,
    output_tokens: call.outputTokens,
    cost_usd: call.costUsd,
    counted_tokens: call.countedTokens,
    duration_ms: call.durationMs,
  };
}
