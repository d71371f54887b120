import type { Evidence } from '../../domain/evidence.ts';

/** Something that is chosen by the lock files that are there. */
interface ByLock {
  readonly locks: readonly string[];
}

/** Whose lock file counts, or why nobody can tell. */
type LockChoice<Candidate extends ByLock> =
  | { readonly kind: 'one'; readonly candidate: Candidate }
  | { readonly kind: 'none' }
  | { readonly kind: 'undecided'; readonly reason: string };

/**
 * The package manager that the base has, as long as its lock file is at the head; where it is gone, or there was none, that
 * of the head. A change that brings the lock file of another one beside it, or several, chooses nothing: what is installed
 * would not be what is judged. `candidates` come in the order in which they are installed from.
 */
export async function chooseByLock<Candidate extends ByLock>(
  evidence: Evidence,
  candidates: readonly Candidate[],
): Promise<LockChoice<Candidate>> {
  const looked = await Promise.all(
    candidates.map(async (candidate) => ({
      candidate,
      before: await listThere(evidence, 'base', candidate),
      after: await listThere(evidence, 'head', candidate),
    })),
  );
  const there = looked.filter(({ after }) => after.length > 0);
  const brought = there.filter(({ before }) => before.length === 0);
  const [kept] = there.filter(({ before }) => before.length > 0);
  const chosen = kept ?? brought[0];
  if (chosen === undefined) {
    return toGone(looked.flatMap(({ before }) => before));
  }
  if (brought.every((one) => one === chosen)) {
    return { kind: 'one', candidate: chosen.candidate };
  }
  const names = brought.flatMap(({ after }) => after).join(', ');
  const what =
    kept === undefined
      ? `The change brings the lock files of several package managers (${names})`
      : `The change brings ${names}, and ${kept.after.join(', ')} of another package manager stays`;
  const reason = `${what}, so that nobody knows which one is installed. Leave the one that is used.`;
  return { kind: 'undecided', reason };
}

function toGone(gone: readonly string[]): LockChoice<never> {
  if (gone.length === 0) {
    return { kind: 'none' };
  }
  const reason = `The change takes ${gone.join(', ')} away and brings no lock file that is known here, so that nobody can say what is installed. Commit the lock file of the package manager that is used.`;
  return { kind: 'undecided', reason };
}

async function listThere(
  evidence: Evidence,
  at: 'base' | 'head',
  { locks }: ByLock,
): Promise<readonly string[]> {
  const found = await Promise.all(locks.map((lock) => evidence.readFile(at, lock)));
  return locks.filter((_, index) => found[index] !== null);
}
