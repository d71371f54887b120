import type { Sha } from '../../domain/sha.ts';

/** One record of `git diff-tree --raw -z`. */
export interface RawChange {
  readonly mode: string;
  readonly blob: Sha;
  /** A, M, D, R or T. */
  readonly status: string;
  readonly path: string;
  /** The old path of a renamed file. */
  readonly from?: string;
}

/** Lines counted by `--numstat -z`; null for binary files. */
export interface LineCount {
  readonly additions: number | null;
  readonly deletions: number | null;
}

/** What stands between two trees, by the new path. */
export interface RawDiff {
  readonly changes: readonly RawChange[];
  readonly counts: ReadonlyMap<string, LineCount>;
}

/**
 * Reads the output of `git diff-tree -r -z --raw [--numstat]`. Names may hold any character but NUL.
 * Raw records begin with a colon; the line counts follow after all of them.
 * @throws Error when the output is not of this form.
 */
export function toRawDiff(output: Buffer): RawDiff {
  const fields = output.toString().split('\0');
  const changes: RawChange[] = [];
  const counts = new Map<string, LineCount>();
  let at = 0;
  function take(): string {
    const field = fields[at];
    at += 1;
    if (field === undefined) {
      throw new Error('The output of git diff-tree ended in the middle of a record.');
    }
    return field;
  }
  while (at < fields.length - 1) {
    const head = take();
    if (head.startsWith(':')) {
      changes.push(toChange(head, take));
    } else {
      const [additions = '', deletions = '', path = ''] = splitTabs(head);
      const from = path === '' ? take() : null;
      counts.set(from === null ? path : take(), {
        additions: toCount(additions),
        deletions: toCount(deletions),
      });
    }
  }
  return { changes, counts };
}

function toChange(head: string, take: () => string): RawChange {
  const [, mode = '', , blob = '', status = ''] = head.slice(1).split(' ');
  const first = take();
  const base = { mode, blob, status: status.slice(0, 1) };
  return base.status === 'R' || base.status === 'C'
    ? { ...base, path: take(), from: first }
    : { ...base, path: first };
}

/** Only the first two tabs separate; further ones belong to the name. */
function splitTabs(text: string): readonly string[] {
  const first = text.indexOf('\t');
  const second = text.indexOf('\t', first + 1);
  return [text.slice(0, first), text.slice(first + 1, second), text.slice(second + 1)];
}

function toCount(text: string): number | null {
  return text === '-' ? null : Number.parseInt(text, 10);
}
