import type { Signature } from './commit.ts';
import type { GitStore } from './git-store.ts';
import type { ImportedFile } from './import-files.ts';

export type InitialCommit = {
  readonly branch: string;
  readonly files: readonly ImportedFile[];
  readonly message: string;
  readonly author: Signature;
};

/** Makes the first commit of a branch out of plain files, in one git process. */
export async function writeInitialCommit(git: GitStore, commit: InitialCommit): Promise<void> {
  const seconds = Math.floor(new Date(commit.author.date).getTime() / 1000);
  const who = `${commit.author.name} <${commit.author.email}> ${seconds} +0000`;
  const chunks: Buffer[] = [
    Buffer.from(`commit refs/heads/${commit.branch}\nauthor ${who}\ncommitter ${who}\n`),
    toData(Buffer.from(commit.message)),
  ];
  for (const file of commit.files) {
    chunks.push(
      Buffer.from(`M ${file.mode} inline ${toQuoted(file.path)}\n`),
      toData(Buffer.from(file.content)),
    );
  }
  await git.run(['fast-import', '--quiet', '--done'], {
    input: Buffer.concat([...chunks, Buffer.from('done\n')]),
  });
}

function toData(content: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`data ${content.length}\n`), content, Buffer.from('\n')]);
}

function toQuoted(path: string): string {
  return `"${path.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}
