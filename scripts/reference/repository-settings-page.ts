import { repositorySettingsSchema } from '../../src/domain/repository-settings.ts';
import { toPage } from './markdown.ts';
import { toOptionsTable } from './options-table.ts';

const EXAMPLE = `labels:
  bug: error-investigation
  performance: database-performance
triage:
  minConfidence: 0.8
reviews:
  on: [opened, labeled]
debt:
  maxPerRun: 3
  labels: [tech-debt, later]`;

/** The settings that a repository may have. A test checks the example. */
export function repositorySettingsPage(): string {
  return toPage(
    'Settings of a repository',
    [
      'A repository sets things for itself in `.github/baton.yml` on its default branch. The file may be absent or empty, and each key may be left out. A key that is not known is a fault. See [the guide](../guides/configure-a-repository.md).',
      toOptionsTable(repositorySettingsSchema),
      'For example:',
      `\`\`\`yaml\n${EXAMPLE}\n\`\`\``,
    ].join('\n\n'),
    [],
  );
}
