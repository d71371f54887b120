import type { Git, GitCall, GitOutput } from './run-git.ts';

/** Bytes of answers that are kept together; what was not asked for longest makes room. */
const ROOM_BYTES = 32 * 1024 * 1024;
/** A longer answer is not kept: it would take the room of many that are asked for again and again. */
const LONGEST_BYTES = 1024 * 1024;
/** What an answer takes besides its text. */
const ENTRY_BYTES = 512;

interface Kept {
  readonly answer: Promise<GitOutput>;
  bytes: number;
}

/**
 * Git that does a command once, however often the same is asked. Only for commands that read what whole hashes name:
 * of that a repository always says the same. Gates and steps ask the same of one commit many times over, and to start
 * a process holds up everything else in this one. Whoever changes an answer must copy it first.
 */
export function rememberAnswers(git: Git, roomBytes = ROOM_BYTES): Git {
  const kept = new Map<string, Kept>();
  let usedBytes = 0;

  function forget(key: string, entry: Kept): void {
    // Another may have taken its place meanwhile.
    if (kept.get(key) === entry) {
      kept.delete(key);
      usedBytes -= entry.bytes;
    }
  }
  function makeRoom(): void {
    for (const [key, entry] of kept) {
      if (usedBytes <= roomBytes) {
        return;
      }
      forget(key, entry);
    }
  }
  function settle(key: string, entry: Kept, { stdout }: GitOutput): void {
    if (stdout.length > LONGEST_BYTES) {
      forget(key, entry);
    } else if (kept.get(key) === entry) {
      entry.bytes += stdout.length;
      usedBytes += stdout.length;
      makeRoom();
    }
  }
  function ask(key: string, call: GitCall): Promise<GitOutput> {
    const entry: Kept = { answer: git(call), bytes: key.length + ENTRY_BYTES };
    kept.set(key, entry);
    usedBytes += entry.bytes;
    entry.answer.then(
      (output) => settle(key, entry, output),
      () => forget(key, entry),
    );
    return entry.answer;
  }
  return (call) => {
    const key = JSON.stringify([call.gitDir, call.args, call.longest]);
    const known = kept.get(key);
    if (known === undefined) {
      return ask(key, call);
    }
    // The last in the map is the one asked for last.
    kept.delete(key);
    kept.set(key, known);
    return known.answer;
  };
}
