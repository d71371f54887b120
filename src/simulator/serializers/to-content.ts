import type { GitObject } from '../git/take-object.ts';
import type { TreeEntry } from '../git/tree.ts';
import type { Repository } from '../state/repository.ts';
import type { World } from '../state/world.ts';
import type { Rest } from './schemas.ts';
import { toRepositoryUrl } from './to-repository.ts';

type Place = { readonly path: string; readonly sha: string; readonly ref: string };

/** A file with its contents, base64 in lines of 60 as GitHub wraps them. */
export function toContentFile(
  world: World,
  repository: Repository,
  file: { path: string; object: GitObject; ref: string },
): Rest['content-file'] {
  const { path, object, ref } = file;
  return {
    type: 'file',
    encoding: 'base64',
    size: object.content.length,
    content: object.content.toString('base64').replaceAll(/.{1,60}/g, '$&\n'),
    ...toPlace(world, repository, { path, sha: object.sha, ref }),
  };
}

/** A file or directory in the listing of a directory. */
export function toContentEntry(
  world: World,
  repository: Repository,
  of: { entry: TreeEntry; ref: string },
): Rest['content-directory'][number] {
  const { path, sha, type, mode } = of.entry;
  return {
    type: toEntryType(type, mode),
    size: 0,
    ...toPlace(world, repository, { path, sha, ref: of.ref }),
  };
}

function toEntryType(type: TreeEntry['type'], mode: string): 'dir' | 'file' | 'submodule' | 'symlink' {
  if (mode === '120000') {
    return 'symlink';
  }
  const types = { tree: 'dir', commit: 'submodule', blob: 'file' } as const;
  return types[type];
}

function toPlace(world: World, repository: Repository, { path, sha, ref }: Place) {
  const api = toRepositoryUrl(world, repository);
  const escaped = path.split('/').map(encodeURIComponent).join('/');
  const url = `${api}/contents/${escaped}?ref=${encodeURIComponent(ref)}`;
  const html = `${world.url}/${repository.fullName}/blob/${ref}/${escaped}`;
  const git = `${api}/git/blobs/${sha}`;
  return {
    name: path.split('/').at(-1) ?? path,
    path,
    sha,
    url,
    git_url: git,
    html_url: html,
    download_url: `${world.url}/${repository.fullName}/raw/${ref}/${escaped}`,
    _links: { self: url, git, html },
  };
}
