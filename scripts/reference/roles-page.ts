import { type Role, roleSchema } from '../../src/domain/role.ts';
import { toCode, toPage } from './markdown.ts';
import { toOptionsTable } from './options-table.ts';

export function rolesPage(roles: Iterable<Role>): string {
  return toPage(
    'Roles',
    [
      'A role is a file `roles/<name>.md`: front matter with the fields below, and under it the brief. Claude Code agent files are read too, with their names of tools (`Read`, `Grep`, `Glob`, `Edit`, `Write`, `Bash`).',
      toOptionsTable(roleSchema.omit({ brief: true })),
      'The roles that come with Baton:',
    ].join('\n\n'),
    [...roles].map(({ name, description, model, tools }) =>
      [
        `## ${name}`,
        description.trim(),
        `Model: ${toCode(model)}. Tools: ${tools.map(toCode).join(', ') || 'none'}. Brief: [roles/${name}.md](../../roles/${name}.md).`,
      ].join('\n\n'),
    ),
  );
}
