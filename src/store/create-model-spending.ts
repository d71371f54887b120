import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Scope, Spent } from '../domain/budget.ts';
import type { ModelCall, ModelSpending } from '../ports/model-spending.ts';
import type { Tables } from './tables.ts';

/** What models used, on Postgres. The sums are of all replicas, by the clock of the database. */
export function createModelSpending(db: Kysely<Tables>): ModelSpending {
  return {
    async record(call) {
      await db.insertInto('model_usage').values(toRow(call)).execute();
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
    .executeTakeFirstOrThrow();
  return { costUsd: cost_usd, tokens, unpricedTokens: unpriced_tokens };
}

function toRow(call: ModelCall) {
  return {
    run_id: call.runId,
    repository: call.repository,
    subject: call.subject,
    step: call.step,
    attempt: call.attempt,
    model: call.model,
    input_tokens: call.inputTokens,
    cache_read_tokens: call.cacheReadTokens,
    cache_write_tokens: call.cacheWriteTokens,
    output_tokens: call.outputTokens,
    cost_usd: call.costUsd,
    counted_tokens: call.countedTokens,
    duration_ms: call.durationMs,
  };
}
