import { existsSync, lstatSync, readlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What the host's file system looks like, as far as a sandbox is made of it. */
export interface HostLayout {
  /** `/bin`, `/lib` and the like: links into `/usr` on merged systems (their target), else directories (null). */
  readonly roots: readonly { readonly path: string; readonly target: string | null }[];
  /** The directory with the harmless files for `/etc`. */
  readonly etc: string;
  /** Paths outside `/usr` that the running Node needs. */
  readonly toolchain: readonly string[];
  /** Directory of the running Node, for the PATH. */
  readonly nodeDirectory: string;
}

const ROOTS = ['/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32'];

/** Looks at the host once; nothing of this changes while the server runs. */
export function readHostLayout(node: string = process.execPath): HostLayout {
  return {
    roots: ROOTS.flatMap(toRoot),
    etc: join(import.meta.dirname, 'etc'),
    toolchain: node.startsWith('/usr/') ? [] : [toNodePackage(node)],
    nodeDirectory: dirname(node),
  };
}

function toRoot(path: string): HostLayout['roots'] {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined) {
    return [];
  }
  return [{ path, target: stat.isSymbolicLink() ? readlinkSync(path) : null }];
}

/** The whole distribution, so that npm works too; only the program when it does not lie in one. */
function toNodePackage(node: string): string {
  const root = dirname(dirname(node));
  return existsSync(join(root, 'include', 'node', 'node_version.h')) ? root : node;
}
