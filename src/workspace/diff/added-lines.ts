import type { AddedLine } from '../../domain/evidence.ts';
import type { Git, GitCall } from '../git/run-git.ts';
import { type Range, toDiffArguments } from './diff-arguments.ts';
import { toPath } from './quoted-path.ts';

/**
 * Longest patch that is read. A line takes a hundred times as much memory as its one byte, an agent can write as many
 * lines as it likes, and while gates look at all of them this process does nothing else.
 */
const LONGEST = { bytes: 4 * 1024 * 1024, beyond: 'fail' } as const;

/** The lines which the change adds. Binary files have none. Throws when the change is too large to be judged. */
export async function readAddedLines(
  git: Git,
  mirror: Pick<GitCall, 'gitDir' | 'repository'>,
  range: Range,
): Promise<readonly AddedLine[]> {
  const args = toDiffArguments(range, ['--patch', '--unified=0']);
  const { stdout } = await git({ ...mirror, args, longest: LONGEST });
  return toAddedLines(stdout.toString());
}

/**
 * Reads a patch without context lines. The counts in a hunk's header say which lines are content, so no content can
 * pass for a header.
 */
function toAddedLines(patch: string): readonly AddedLine[] {
  const added: AddedLine[] = [];
  let path = '';
  let line = 0;
  let [toDelete, toAdd] = [0, 0];
  for (const text of patch.split('\n')) {
    if (toDelete > 0 && text.startsWith('-')) {
      toDelete -= 1;
    } else if (toAdd > 0 && text.startsWith('+')) {
      added.push({ path, line, text: text.slice(1) });
      line += 1;
      toAdd -= 1;
    } else if (text.startsWith('+++ ')) {
      path = toPath(text.slice(4)).replace(/^b\//, '');
    } else {
      const hunk = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(text);
      if (hunk !== null) {
        [toDelete, line, toAdd] = [Number(hunk[1] ?? 1), Number(hunk[2]), Number(hunk[3] ?? 1)];
      }
    }
  }
  return added;
}
