import { createHash } from 'node:crypto';
import type { Surface } from '../../domain/surface.ts';
import type { SurfaceReference } from '../../ports/code-host.ts';
import type { Place, Publishing } from './publishing.ts';
import { printStamp, readStamp, type Stamp } from './stamp.ts';

/** A surface, and what it is known by. Records of check runs also tell their commits apart. */
export interface Wanted extends Place {
  readonly key: string;
  readonly surface: Surface;
}

/** A surface that is on GitHub now, and the digest of what is written there; null when that is not known. */
export interface Written extends SurfaceReference {
  readonly digest: string | null;
}

/** One write and its look-up: see `Effect`. */
export interface Write<Result> {
  lookUp(): Promise<Result | null>;
  send(): Promise<Result>;
}

/** How one kind of surface is written. `digest` is to be returned as that of what was written. */
export interface Writer {
  create(effectKey: string, digest: string): Write<Written>;
  /** `gone`: somebody deleted it. */
  update(at: SurfaceReference, digest: string): Write<Written | 'gone'>;
}

/** Where the surface is, null when it has to be made, and what was done to it so far. */
interface State {
  readonly at: SurfaceReference | null;
  readonly stamp: Stamp;
}

/** Deleting it once can be a slip; who deletes it twice does not want it. */
const MAX_DELETIONS = 2;
/** Update, create again after a deletion, update: and one to spare. */
const MAX_WRITES = 4;

/**
 * Writes the surface unless it is known to be the same already. Every write is an effect, so that a crash at any point
 * neither doubles nor loses it. Throws `RefusedError` when GitHub refuses.
 */
export async function ensureWritten(
  publishing: Publishing,
  wanted: Wanted,
  writer: Writer,
): Promise<SurfaceReference> {
  const digest = createHash('sha256').update(JSON.stringify(wanted.surface)).digest('hex').slice(0, 32);
  const known = await loadState(publishing, wanted);
  if (isSettled(known, digest)) {
    return known.at;
  }
  let state: State = known;
  for (let writes = 0; writes < MAX_WRITES; writes += 1) {
    state = await writeOnce({ publishing, wanted, digest }, state, writer);
    if (isSettled(state, digest)) {
      const { number, url } = state.at;
      const hash = printStamp(state.stamp);
      await publishing.records.save(wanted.owner, wanted.key, { remoteId: number, url, hash });
      return { number, url };
    }
  }
  throw new Error(
    `The ${wanted.surface.kind} ${wanted.key} of ${wanted.owner} did not become what was written.`,
  );
}

async function loadState({ records }: Publishing, { owner, key }: Wanted): Promise<State> {
  const record = await records.find(owner, key);
  return record === null
    ? { at: null, stamp: { digest: '', sequence: 0, deletions: 0 } }
    : { at: { number: record.remoteId, url: record.url }, stamp: readStamp(record.hash) };
}

function isSettled(state: State, digest: string): state is State & { at: SurfaceReference } {
  return state.at !== null && (state.stamp.digest === digest || state.stamp.deletions >= MAX_DELETIONS);
}

interface Writing {
  readonly publishing: Publishing;
  readonly wanted: Wanted;
  readonly digest: string;
}

/** Creates or updates it once, through the ledger. */
async function writeOnce(writing: Writing, { at, stamp }: State, writer: Writer): Promise<State> {
  const place = `${writing.wanted.owner}/${writing.wanted.key}`;
  const next = { ...stamp, sequence: stamp.sequence + 1 };
  if (at === null) {
    const key = `${place}/create/${stamp.deletions}`;
    return toState(await perform(writing, key, writer.create(key, writing.digest)), next);
  }
  // The sequence makes going back to an earlier text a new effect.
  const key = `${place}/update/${next.sequence}/${writing.digest}`;
  const written = await perform(writing, key, writer.update(at, writing.digest));
  if (written !== 'gone') {
    return toState(written, next);
  }
  const deletions = stamp.deletions + 1;
  return { at: deletions < MAX_DELETIONS ? null : at, stamp: { ...next, digest: '', deletions } };
}

function toState({ number, url, digest }: Written, stamp: Stamp): State {
  return { at: { number, url }, stamp: { ...stamp, digest: digest ?? '' } };
}

function perform<Result>(
  { publishing, wanted }: Writing,
  key: string,
  write: Write<Result>,
): Promise<Result> {
  return publishing.effects.ensure({
    key,
    kind: wanted.surface.kind,
    runId: wanted.owner.startsWith('run-') ? wanted.owner : null,
    lookUp: () => write.lookUp(),
    send: () => write.send(),
  });
}
