import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Git } from '../git/run-git.ts';

/**
 * Attributes of the server. They stand above every `.gitattributes` in a repository: bytes are checked out and
 * committed as they are, no filter is looked up, and no text hides from a diff as `binary`.
 */
const ATTRIBUTES =
  '* -text !eol !crlf -ident !filter !working-tree-encoding !diff !merge !export-ignore !export-subst !whitespace\n';

/** Makes an empty bare repository without hooks and with the server's attributes. */
export async function initMirror(git: Git, directory: string, repository: string): Promise<void> {
  await git({ repository, args: ['init', '--quiet', '--bare', '--template=', '--', directory] });
  await mkdir(join(directory, 'info'), { recursive: true });
  await writeFile(join(directory, 'info', 'attributes'), ATTRIBUTES);
}
