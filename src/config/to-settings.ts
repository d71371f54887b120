import path from 'node:path';
import { toRuntimesDirectory } from './runtimes-directory.ts';
import type { Settings } from './settings.ts';
import type { Values } from './settings-table.ts';
import { toModelSettings } from './to-model-settings.ts';
import { toSandboxLimits } from './to-sandbox-limits.ts';

/** Puts checked values together as the parts of the program take them. */
export function toSettings(values: Values): Settings {
  return {
    app: { id: values.APP_ID, privateKey: toKey(values), webhookSecret: values.WEBHOOK_SECRET },
    apiUrl: values.GITHUB_API_URL,
    listen: { host: values.HOST, port: values.PORT, webhookPath: values.WEBHOOK_PATH },
    proxy: toProxy(values),
    home: values.BATON_HOME,
    database: toDatabase(values),
    drainMs: values.BATON_STOP_SECONDS * 1000,
    beginMs: values.BATON_BEGIN_SECONDS * 1000,
    log: { level: values.LOG_LEVEL, format: values.LOG_FORMAT },
    sandbox: values.SANDBOX,
    sandboxLimits: toSandboxLimits(values),
    recordings: values.BATON_REPLAY_DIR ?? null,
    breaker: { failures: values.BATON_BREAKER_FAILURES, coolDownMs: values.BATON_BREAKER_SECONDS * 1000 },
    runtimesDirectory: toRuntimesDirectory(values.BATON_HOME, values.BATON_RUNTIMES),
    acpAgent: values.BATON_ACP_AGENT ?? null,
    ...toModelSettings(values),
    tools: values.BATON_TOOLS ?? [],
    install: {
      mirrors: values.BATON_REGISTRIES ?? new Map(),
      hosts: values.BATON_INSTALL_HOSTS ?? [],
      cacheBytes: values.BATON_INSTALL_CACHE_GB,
    },
    mcp: { roots: values.BATON_MCP_ROOTS ?? [], listen: toMcpListen(values) },
    metrics: toMetrics(values),
    collector: toCollector(values),
    team: toTeamSettings(values),
    agentLimits: { all: values.BATON_AGENT_LIMIT, perRole: values.BATON_AGENT_LIMIT_PER_ROLE },
  };
}

function toTeamSettings(values: Values): Settings['team'] {
  return {
    healthMs: values.BATON_TEAM_HEALTH_SECONDS * 1000,
    staleMs: values.BATON_TEAM_SILENCE_SECONDS * 1000,
    restarts: {
      maxRestarts: values.BATON_TEAM_MAX_RESTARTS,
      backOffMs: values.BATON_TEAM_BACKOFF_SECONDS * 1000,
    },
    maxQueueSize: values.BATON_TEAM_MAX_QUEUE,
    cleanUpMs: values.BATON_TEAM_CLEANUP_HOURS * 60 * 60_000,
  };
}

function toProxy({ HTTPS_PROXY: url, NO_PROXY: hostsWithout = [] }: Values): Settings['proxy'] {
  return url === undefined ? null : { url, hostsWithout };
}

function toKey({ PRIVATE_KEY, PRIVATE_KEY_PATH }: Values): Settings['app']['privateKey'] {
  const key = PRIVATE_KEY ?? PRIVATE_KEY_PATH;
  if (key === undefined) {
    throw new Error('no private key: find-conflicts must have reported that');
  }
  return key;
}

function toMcpListen(values: Values): Settings['mcp']['listen'] {
  const {
    BATON_MCP_PORT: port,
    BATON_MCP_HOST: host,
    BATON_MCP_TOKEN: token,
    BATON_MCP_NAMES: names,
  } = values;
  if (port === undefined) {
    return null;
  }
  if (token === undefined) {
    throw new Error('no BATON_MCP_TOKEN: find-conflicts must have reported that');
  }
  return { host, port, token, names: names ?? [] };
}

function toMetrics(values: Values): Settings['metrics'] {
  const { BATON_METRICS_PORT: port, BATON_METRICS_HOST: host, BATON_METRICS_TOKEN: token } = values;
  return port === undefined ? null : { host, port, token: token ?? null };
}

function toCollector(values: Values): Settings['collector'] {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_EXPORTER_OTLP_HEADERS: headers } = values;
  return endpoint === undefined ? null : { endpoint, headers: headers ?? new Map() };
}

/** The database that was named, or the place of our own. */
export function toDatabase({
  DATABASE_URL: url,
  BATON_HOME: home,
}: Pick<Values, 'DATABASE_URL' | 'BATON_HOME'>): Settings['database'] {
  return url === undefined
    ? { kind: 'embedded', directory: path.join(home, 'postgres') }
    : { kind: 'server', url };
}
