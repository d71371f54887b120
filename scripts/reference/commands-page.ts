import type { Command } from '../../src/domain/command.ts';
import { toCode, toPage } from './markdown.ts';

export function commandsPage(commands: Iterable<Command>): string {
  const sections = [...commands].map(({ name, summary, usage, requires, examples }) =>
    [
      `## ${name}`,
      summary,
      `Usage: ${toCode(usage)}. Needs ${requires === 'none' ? 'no permission' : `${requires} permission`} on the repository.`,
      ['```text', ...examples, '```'].join('\n'),
    ].join('\n\n'),
  );
  return toPage(
    'Commands',
    'Write a command as a line of its own in a comment on the issue or pull request. Quoted lines, code blocks and edited comments are not read.',
    sections,
  );
}
