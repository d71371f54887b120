import { LINE_ADDRESS } from '../parts/start-agent.ts';

/** The variable with the line's token. */
export const TOKEN_VARIABLE = 'BATON_LINE_TOKEN';

/** What it could do besides the work: other services, other agents, a person who is asked, programs of the repository. */
const SWITCHED_OFF = [
  'api_key_model_discovery',
  'apps',
  'browser_use',
  'computer_use',
  'enable_request_compression',
  'goals',
  'hooks',
  'image_generation',
  'multi_agent',
  'plugins',
  'remote_plugin',
  'shell_snapshot',
  'skill_mcp_dependency_install',
  'sleep_tool',
  'tool_suggest',
  'worktrees',
] as const;

/** Without these it has no way to a command or a file. */
const SHELL = ['shell_tool', 'unified_exec', 'view_image'] as const;

/** Its only provider is the line. */
const SETTINGS: Readonly<Record<string, unknown>> = {
  model_provider: 'line',
  'model_providers.line.name': 'line',
  'model_providers.line.base_url': `${LINE_ADDRESS}/v1`,
  'model_providers.line.env_key': TOKEN_VARIABLE,
  'model_providers.line.wire_api': 'responses',
  'model_providers.line.supports_websockets': false,
  'model_providers.line.request_max_retries': 4,
  'model_providers.line.stream_max_retries': 4,
  // As long as the gateway waits for a provider.
  'model_providers.line.stream_idle_timeout_ms': 600_000,
  // Newer models come with agents of their own, whatever the features say.
  'agents.enabled': false,
  web_search: 'disabled',
  check_for_update_on_startup: false,
  'analytics.enabled': false,
  'history.persistence': 'none',
  'shell_environment_policy.exclude': [TOKEN_VARIABLE],
  // No AGENTS.md: what the repository says at its base commit is in the brief.
  project_doc_max_bytes: 0,
  // Those of a repository are listed even where nothing else of it is trusted.
  'skills.include_instructions': false,
  'skills.bundled.enabled': false,
};

/**
 * How Codex is run. The directory is one that is not trusted, so nothing that a repository brings along for it counts: no
 * settings, servers of tools, hooks or rules.
 */
export function toArguments(directory: string | null, hasShell: boolean): readonly string[] {
  const off = [...SWITCHED_OFF, ...(hasShell ? [] : SHELL)].flatMap((feature) => ['--disable', feature]);
  const settings = Object.entries(SETTINGS).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  const trust =
    directory === null ? [] : [`projects={${JSON.stringify(directory)}={trust_level="untrusted"}}`];
  return ['app-server', ...off, ...[...settings, ...trust].flatMap((setting) => ['--config', setting])];
}
