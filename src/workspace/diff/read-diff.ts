import type { Git, GitCall } from '../git/run-git.ts';
import { type Range, toDiffArguments } from './diff-arguments.ts';

/** The change as a unified diff of at most `maxBytes`; a cut one says so in its last line. */
export async function readUnifiedDiff(
  git: Git,
  mirror: Pick<GitCall, 'gitDir' | 'repository'>,
  wanted: Range & { readonly maxBytes: number },
): Promise<string> {
  const note = `\n[The diff was cut here: it is longer than ${wanted.maxBytes} bytes.]\n`;
  const { stdout, cut } = await git({
    ...mirror,
    args: toDiffArguments(wanted, ['--patch']),
    longest: { bytes: wanted.maxBytes, beyond: 'cut' },
  });
  if (!cut) {
    return stdout.toString();
  }
  const room = Math.max(0, wanted.maxBytes - Buffer.byteLength(note));
  return (toWholeCharacters(stdout.subarray(0, room)) + note).slice(0, wanted.maxBytes);
}

/** Leaves out a last character of which only some bytes are there. */
function toWholeCharacters(bytes: Buffer): string {
  return new TextDecoder().decode(bytes, { stream: true });
}
