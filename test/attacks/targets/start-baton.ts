import { join } from 'node:path';
import { Client } from 'pg';
import { type LogLine, startBatonProcess } from '../../../src/demo/baton-process.ts';
import { type Stage, setStage } from '../../support/stage.ts';
import { type Arena, openArena } from '../arena/open-arena.ts';
import { listen } from './listen.ts';
import { toSeed } from './seed.ts';
import type { Ending, Place, Target } from './target.ts';

const ENDS: Readonly<Record<string, Ending['state']>> = {
  held: 'held',
  succeeded: 'done',
  refused: 'refused',
  failed: 'failed',
  cancelled: 'failed',
};

/** A Baton as `npm start` runs it, with its own runtime, the real sandbox and everything logged. */
export async function startBaton(places: readonly Place[]): Promise<Target> {
  const arena = await openArena();
  const stage = await setStage({ seed: toSeed(places), environment: toEnvironment(arena) });
  const { simulator } = stage;
  await arena.settle(simulator);
  const baton = stage.launchBaton(toKeyInFile(arena));
  const printed = listen(baton.child);
  simulator.setWebhookUrl(await baton.ready);
  const metricsUrl = await stage.heard(toMetricsUrl);
  return {
    arena,
    simulator,
    repositories: join(stage.directory, 'github'),
    async work({ owner, repo }) {
      const ended = stage.advanced(({ subject, state }) => subject === `${owner}/${repo}#1` && state in ENDS);
      const command = { owner, repo, issue_number: 1, body: '/baton run quick' };
      await stage.as('will').rest.issues.createComment(command);
      const run = await ended;
      return { state: ENDS[run.state] ?? 'failed', summary: `${run.step ?? ''}: ${run.last?.summary ?? ''}` };
    },
    log: () => printed.join(''),
    metrics: async () => (await fetch(metricsUrl)).text(),
    home: join(stage.directory, 'home-0'),
    stored: () => readDatabase(stage),
    startWith: (environment) => tryToStart(stage, arena, environment),
    async stop() {
      await stage.stop();
      await arena.close();
    },
  };
}

function toMetricsUrl({ msg, url }: LogLine): string | null {
  return msg === 'Prometheus can scrape the metrics' ? String(url) : null;
}

/** Limits that an attack reaches before it harms the machine where the naive bot has none. */
const LIMITS = {
  BATON_SANDBOX_PROCESSES: '256',
  BATON_SANDBOX_MEMORY_MIB: '768',
  BATON_SANDBOX_FILE_MIB: '50',
};

function toEnvironment(arena: Arena): Record<string, string> {
  return {
    ...arena.environment,
    BATON_RUNTIME: 'ai-sdk',
    BATON_REPLAY_DIR: '',
    BATON_PROVIDER: 'openai-compatible',
    BATON_PROVIDER_URL: `${arena.model.url}/v1`,
    BATON_MODEL: 'small-model',
    BATON_AGENT_LIMIT: '8',
    BATON_AGENT_LIMIT_PER_ROLE: '8',
    ...LIMITS,
    LOG_LEVEL: 'trace',
    OTEL_EXPORTER_OTLP_ENDPOINT: arena.collector.url,
    BATON_METRICS_PORT: '0',
  };
}

function toKeyInFile({ keyFile }: Arena): Record<string, string> {
  return { PRIVATE_KEY: '', PRIVATE_KEY_PATH: keyFile };
}

async function tryToStart(
  stage: Stage,
  arena: Arena,
  environment: Readonly<Record<string, string>>,
): Promise<string | null> {
  const { app, url } = stage.simulator;
  const baton = startBatonProcess(
    {
      ...toEnvironment(arena),
      ...toKeyInFile(arena),
      APP_ID: String(app.id),
      WEBHOOK_SECRET: app.webhookSecret,
      GITHUB_API_URL: url,
      PORT: '0',
      DATABASE_URL: stage.databaseUrl,
      BATON_HOME: join(stage.directory, 'home-of-a-try'),
      ...environment,
    },
    () => undefined,
  );
  const words = await baton.ready.then(
    () => null,
    (error: unknown) => String(error),
  );
  await baton.stop();
  return words;
}

/** Every row of every table, as text. */
async function readDatabase(stage: Stage): Promise<string> {
  const client = new Client({ connectionString: stage.databaseUrl });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      "select format('%I.%I', table_schema, table_name) as name from information_schema.tables where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')",
    );
    const texts: string[] = [];
    for (const { name } of tables) {
      const { rows } = await client.query<{ text: string }>(`select t::text as text from ${name} t`);
      texts.push(name, ...rows.map(({ text }) => text));
    }
    return texts.join('\n');
  } finally {
    await client.end();
  }
}
