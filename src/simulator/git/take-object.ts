export type GitObjectType = 'commit' | 'tree' | 'blob' | 'tag';
export type GitObject = { readonly sha: string; readonly type: GitObjectType; readonly content: Buffer };

/** One answer of `git cat-file --batch`, and what was received beyond it. `object` is null for a missing one. */
export type TakenObject = { readonly object: GitObject | null; readonly rest: Buffer };

const HEADER = /^([0-9a-f]{40}) (commit|tree|blob|tag) (\d+)$/;

/** Takes the first answer off what was received, or returns null when it is not complete yet. */
export function takeObject(received: Buffer): TakenObject | null {
  const lineEnd = received.indexOf(10);
  if (lineEnd < 0) {
    return null;
  }
  const header = HEADER.exec(received.subarray(0, lineEnd).toString());
  if (!header) {
    return { object: null, rest: received.subarray(lineEnd + 1) };
  }
  const [, sha = '', type, size] = header;
  const end = lineEnd + 1 + Number(size);
  if (received.length < end + 1) {
    return null;
  }
  const content = Buffer.from(received.subarray(lineEnd + 1, end));
  return { object: { sha, type: toObjectType(type), content }, rest: received.subarray(end + 1) };
}

function toObjectType(word: string | undefined): GitObjectType {
  return word === 'commit' || word === 'tree' || word === 'tag' ? word : 'blob';
}
