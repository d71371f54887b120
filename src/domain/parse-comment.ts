import type { Command } from './command.ts';
import { type CommandLine, readCommandLines } from './command-lines.ts';
import { editDistance } from './edit-distance.ts';
import type { Ask } from './intent.ts';
import type { Permission } from './permission.ts';

const PREFIX = '/baton';
const MAX_COMMANDS = 5;

/** One command of a comment. `ordinal` counts from 0 and, with the comment's id, names it for good. */
export interface ParsedCommand {
  readonly ordinal: number;
  readonly ask: Ask;
  readonly requires: Permission;
}

type Read = Omit<ParsedCommand, 'ordinal'>;

/**
 * The commands that a new comment gives: the lines which start with `/baton`, from its first line on. A line that
 * is meant as a command but is none becomes a `misspelt` ask, whose problem says what is right. Linear in the length
 * of the body.
 */
export function parseComment(body: string, commands: readonly Command[]): readonly ParsedCommand[] {
  const found: Read[] = [];
  for (const line of readCommandLines(body)) {
    const read = found.length < MAX_COMMANDS ? readLine(line, commands) : tooMany(line);
    if (read === null) {
      break;
    }
    found.push(read);
    if (found.length > MAX_COMMANDS) {
      break;
    }
  }
  return found.map((read, ordinal) => ({ ordinal, ...read }));
}

function readLine(line: CommandLine, commands: readonly Command[]): Read | null {
  const [word, text] = splitWord(line.rest);
  if (line.head.toLowerCase() !== PREFIX) {
    return nearMiss(line.head, word, commands);
  }
  const name = word === '' ? 'help' : word.toLowerCase();
  const command = commands.find((candidate) => candidate.name === name);
  if (command === undefined) {
    return misspelt(unknownCommand(word, commands));
  }
  const parsed = command.parse(text);
  if ('problem' in parsed) {
    return misspelt(`\`${PREFIX} ${command.name}\` was not understood: ${parsed.problem}.`);
  }
  return { ask: parsed.ask, requires: command.requires };
}

/** `/batton approve`: the prefix is misspelt, and what follows leaves no doubt that Baton was meant. */
function nearMiss(head: string, word: string, commands: readonly Command[]): Read | null {
  const command = commands.find((candidate) => candidate.name === word.toLowerCase());
  if (command === undefined || !isNear(head.toLowerCase(), PREFIX)) {
    return null;
  }
  return misspelt(`Commands start with \`${PREFIX}\`. ${didYouMean(command)}`);
}

function unknownCommand(word: string, commands: readonly Command[]): string {
  // Only a plain word is repeated in the answer: the rest is somebody else's text.
  const what = /^[A-Za-z0-9-]{1,20}$/.test(word) ? `\`${PREFIX} ${word}\`` : 'That';
  const close = commands.find((command) => isNear(word.toLowerCase(), command.name));
  if (close !== undefined) {
    return `${what} is not a command. ${didYouMean(close)}`;
  }
  const all = commands.map((command) => `\`${PREFIX} ${command.name}\``).join(', ');
  return `${what} is not a command. The commands are ${all}.`;
}

function didYouMean(command: Command): string {
  return `Did you mean \`${PREFIX} ${command.name}\`?`;
}

/** At most two letters differ, and fewer than half of a short word. */
function isNear(word: string, name: string): boolean {
  const allowed = Math.min(2, Math.floor(name.length / 2));
  return Math.abs(word.length - name.length) <= allowed && editDistance(word, name) <= allowed;
}

function tooMany(line: CommandLine): Read | null {
  return line.head.toLowerCase() === PREFIX
    ? misspelt(`One comment may hold ${MAX_COMMANDS} commands; those after the fifth were not read.`)
    : null;
}

/** Needs a role in the repository to be answered, so that strangers cannot make Baton talk. */
function misspelt(problem: string): Read {
  return { ask: { kind: 'misspelt', problem }, requires: 'triage' };
}

function splitWord(text: string): readonly [word: string, rest: string] {
  const end = text.indexOf(' ');
  return end === -1 ? [text, ''] : [text.slice(0, end), text.slice(end + 1).trim()];
}
