import type { Git, GitCall } from '../git/run-git.ts';
import { type Range, toDiffArguments } from './diff-arguments.ts';

/** So many fit into one command, and their diff is longer than anybody reads. */
const MAX_PATHS = 1000;

/** The change as a unified diff of at most `maxBytes`; a cut one says so in its last line. */
export async function readUnifiedDiff(
  git: Git,
  mirror: Pick<GitCall, 'gitDir' | 'repository'>,
  wanted: Range & { readonly maxBytes: number; readonly paths?: readonly string[] | undefined },
): Promise<string> {
  const note = `\n[The diff was cut here: it is longer than ${wanted.maxBytes} bytes.]\n`;
  const { stdout, cut } = await git({
    ...mirror,
    args: [...toDiffArguments(wanted, ['--patch']), ...toPaths(wanted)],
    // A name is a name, whatever signs are in it.
    environment: { GIT_LITERAL_PATHSPECS: '1' },
    longest: { bytes: wanted.maxBytes, beyond: 'cut' },
  });
  if (!cut) {
    return stdout.toString();
  }
  const room = Math.max(0, wanted.maxBytes - Buffer.byteLength(note));
  return (toWholeCharacters(stdout.subarray(0, room)) + note).slice(0, wanted.maxBytes);
}

function toPaths({ paths }: { readonly paths?: readonly string[] | undefined }): readonly string[] {
  return paths === undefined ? [] : ['--', ...paths.slice(0, MAX_PATHS)];
}

/** Leaves out a last character of which only some bytes are there. */
function toWholeCharacters(bytes: Buffer): string {
  return new TextDecoder().decode(bytes, { stream: true });
}
