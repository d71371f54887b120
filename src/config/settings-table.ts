import type { z } from 'zod';
import { agentSettings } from './tables/agent-settings.ts';
import { appSettings } from './tables/app-settings.ts';
import { installSettings } from './tables/install-settings.ts';
import { mcpSettings } from './tables/mcp-settings.ts';
import { metricsSettings } from './tables/metrics-settings.ts';
import { modelSettings } from './tables/model-settings.ts';
import { proxySettings } from './tables/proxy-settings.ts';
import { sandboxSettings } from './tables/sandbox-settings.ts';
import { serverSettings } from './tables/server-settings.ts';
import { teamSettings } from './tables/team-settings.ts';
import { traceSettings } from './tables/trace-settings.ts';

/** Every environment variable that Baton reads. The reference page is made from it. */
export const SETTINGS = {
  ...appSettings,
  ...serverSettings,
  ...proxySettings,
  ...agentSettings,
  ...installSettings,
  ...sandboxSettings,
  ...modelSettings,
  ...mcpSettings,
  ...metricsSettings,
  ...traceSettings,
  ...teamSettings,
};

export type SettingName = keyof typeof SETTINGS;

/** The values of all settings, each checked by itself. */
export type Values = { readonly [Name in SettingName]: z.output<(typeof SETTINGS)[Name]['schema']> };
