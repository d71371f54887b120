import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type GitStore, openGitStore } from './git-store.ts';
import type { Turns } from './open-turns.ts';
import { runGit } from './run-git.ts';

const CONFIG = `[core]
\trepositoryformatversion = 0
\tbare = true
\tlogallrefupdates = false
[http]
\treceivepack = true
\tuploadpack = true
[uploadpack]
\tallowAnySHA1InWant = true
\tallowFilter = true
[receive]
\tdenyDeleteCurrent = true
\tadvertisePushOptions = true
\thideRefs = refs/pull
[gc]
\tauto = 0
`;

/** Makes an empty bare repository, served over HTTP, and opens it; a fork takes the turns of its parent. */
export async function initGitStore(
  directory: string,
  defaultBranch: string,
  exclusively?: Turns,
): Promise<GitStore> {
  await mkdir(directory, { recursive: true });
  await runGit(directory, ['init', '--quiet', '--bare', '--template=', `--initial-branch=${defaultBranch}`]);
  await writeFile(join(directory, 'config'), CONFIG);
  return openGitStore(directory, exclusively);
}
