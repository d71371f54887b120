import { randomUUID } from 'node:crypto';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../../ports/log.ts';
import type { Tree } from '../../ports/workspace.ts';
import type { Git } from '../git/run-git.ts';
import type { ProcessHome } from '../process-home.ts';
import { toFullName } from '../remote/remote.ts';
import { type Checkout, checkOut, type MirroredCommit, removeCheckout } from './checkout.ts';

/** A tree with the index that remembers how its files looked when they were written. */
export interface OpenedTree extends Tree, Checkout {}

/** What opening trees needs. */
export interface TreeTools {
  readonly git: Git;
  readonly home: ProcessHome;
  readonly log: Log;
}

/** Gives the files of a commit in a directory that nobody has had before: the spare, or else a new one. */
export async function openTree(
  tools: TreeTools,
  wanted: MirroredCommit & { readonly purpose: string },
  spare: Checkout | null,
): Promise<OpenedTree> {
  const name = `${wanted.repository.id}-${toSlug(wanted.purpose)}-${randomUUID().slice(0, 8)}`;
  const fresh = { path: join(tools.home.trees, name), index: join(tools.home.indexes, name) };
  const converted = spare === null ? null : await convert(tools, wanted, { spare, path: fresh.path });
  const checkout = converted ?? (await fill(tools, wanted, fresh));
  return { ...checkout, commit: wanted.commit, close: () => removeCheckout(checkout) };
}

/** Makes a tree of the spare; null when something is wrong with it. The move comes last, so there is no half of it. */
async function convert(
  { git, log }: TreeTools,
  wanted: MirroredCommit,
  { spare, path }: { readonly spare: Checkout; readonly path: string },
): Promise<Checkout | null> {
  try {
    await checkOut(git, spare, wanted);
    await rename(spare.path, path);
    return { path, index: spare.index };
  } catch (error) {
    log.warn({ repository: toFullName(wanted.repository), reason: String(error) }, 'a spare was of no use');
    await removeCheckout(spare);
    return null;
  }
}

async function fill({ git }: TreeTools, wanted: MirroredCommit, fresh: Checkout): Promise<Checkout> {
  try {
    await checkOut(git, fresh, wanted);
    return fresh;
  } catch (error) {
    await removeCheckout(fresh);
    throw error;
  }
}

function toSlug(purpose: string): string {
  return purpose
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 40);
}
