import type { Command } from '../../domain/command.ts';
import type { SurfaceInput } from '../../domain/surface.ts';
import { code } from '../fence.ts';
import { accessWords } from './access-words.ts';
import { answer } from './answer.ts';

/** All commands, or one of them; a topic that is no command gets all. */
export function help(commands: readonly Command[], topic: string | null): SurfaceInput {
  const command = commands.find(({ name }) => name === topic);
  if (command !== undefined) {
    return helpOn(command);
  }
  return answer(
    topic === null ? '' : `${code(topic)} is not a command.`,
    [
      '| Command | What it does | Needs |',
      '|---|---|---|',
      ...commands.map(({ usage, summary, requires }) => `| ${code(usage)} | ${summary} | ${requires} |`),
    ].join('\n'),
    'A command stands at the start of the first line of a new comment; more can follow, one per line. Edited comments, quotes and code do nothing.',
  );
}

function helpOn({ usage, summary, requires, examples }: Command): SurfaceInput {
  return answer(
    `${code(usage)}: ${summary}`,
    `Needs ${accessWords(requires)}.`,
    `For example:\n${examples.map((example) => `- ${code(example)}`).join('\n')}`,
  );
}
