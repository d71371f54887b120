import type { Catalog } from '../../src/catalog/catalog.ts';
import { SETTINGS } from '../../src/config/settings-table.ts';
import { webhooks } from '../../src/github/webhooks/registry.gen.ts';
import { tools } from '../../src/mcp/tools/registry.gen.ts';
import type { GeneratedFiles } from '../generated-files.ts';
import { commandsPage } from './commands-page.ts';
import { configurationPage } from './configuration-page.ts';
import { gatesPage } from './gates-page.ts';
import { mcpToolsPage } from './mcp-tools-page.ts';
import { permissionsPage } from './permissions-page.ts';
import { profilesPage } from './profiles-page.ts';
import { repositorySettingsPage } from './repository-settings-page.ts';
import { rolesPage } from './roles-page.ts';
import { stepKindsPage } from './step-kinds-page.ts';
import { webhooksPage } from './webhooks-page.ts';
import { workflowsPage } from './workflows-page.ts';

/** The pages of `docs/reference`, made from the values that are enforced. */
export function generateReference(catalog: Catalog): GeneratedFiles {
  return new Map([
    ['docs/reference/commands.md', commandsPage(catalog.commands.values())],
    ['docs/reference/gates.md', gatesPage(catalog.gates.values())],
    ['docs/reference/step-kinds.md', stepKindsPage(catalog.stepKinds.values())],
    ['docs/reference/workflows.md', workflowsPage(catalog.workflows.values())],
    ['docs/reference/roles.md', rolesPage(catalog.roles.values())],
    ['docs/reference/profiles.md', profilesPage(catalog.profiles)],
    ['docs/reference/configuration.md', configurationPage(SETTINGS)],
    ['docs/reference/repository-settings.md', repositorySettingsPage()],
    ['docs/reference/permissions.md', permissionsPage('app.yml')],
    ['docs/reference/mcp-tools.md', mcpToolsPage(tools)],
    ['docs/reference/webhooks.md', webhooksPage(webhooks)],
  ]);
}
