import { MOST_TEXT, type ToolInputs } from './protocol.ts';
import { readRegularFile } from './read-regular-file.ts';
import { resolveExisting } from './resolve-path.ts';

const MOST_LINES = 2000;
const MOST_IN_LINE = 2000;

/** Numbered lines of a file. A line that is too long is cut, and what is left out is said. */
export async function readFile(root: string, input: ToolInputs['read']): Promise<string> {
  const text = await readRegularFile(await resolveExisting(root, input.path), input.path);
  if (text === '') {
    return '(the file is empty)';
  }
  const lines = text.replace(/\n$/, '').split('\n');
  const first = input.offset ?? 1;
  if (first > lines.length) {
    throw new Error(`${input.path} has ${lines.length} lines.`);
  }
  const wanted = lines.slice(first - 1, first - 1 + Math.min(input.limit ?? MOST_LINES, MOST_LINES));
  const shown = takeWhileShort(wanted.map((line, index) => `${first + index}\t${clipLine(line)}`));
  const last = first + shown.length - 1;
  const more =
    last < lines.length ? `\n(lines ${first} to ${last} of ${lines.length}; go on at ${last + 1})` : '';
  return shown.join('\n') + more;
}

function clipLine(line: string): string {
  return line.length <= MOST_IN_LINE
    ? line
    : `${line.slice(0, MOST_IN_LINE)} [... ${line.length - MOST_IN_LINE} more characters]`;
}

/** At least one line, and no more than an answer holds. */
function takeWhileShort(lines: readonly string[]): readonly string[] {
  let length = 0;
  const end = lines.findIndex((line, index) => {
    length += line.length + 1;
    return length > MOST_TEXT && index > 0;
  });
  return end === -1 ? lines : lines.slice(0, end);
}
