import type { ChildProcess } from 'node:child_process';

/** How long an output may be silent after the process has ended: then somebody else holds it. */
const SILENCE_MS = 500;
/** For a reader that is slower than what it reads: 10 seconds. */
const MOST_LOOKS = 20;

/**
 * Closes the outputs of a process that has ended when nothing more comes, since a process that it left behind can hold
 * them for ever. What has come is left to its reader, however late that comes to it; unless the process was `cut` short,
 * when nobody wants the rest.
 */
export function closeOutputs(child: ChildProcess, cut: boolean): void {
  let looks = cut ? MOST_LOOKS : 0;
  let seen = bytesOf(child);
  function look(): void {
    looks += 1;
    const bytes = bytesOf(child);
    if (looks >= MOST_LOOKS || (bytes === seen && !isUnread(child))) {
      for (const stream of child.stdio) {
        stream?.destroy();
      }
    }
    seen = bytes;
  }
  // What came while this process was busy is read before the look.
  const timer = setInterval(() => setImmediate(look), SILENCE_MS);
  child.once('close', () => clearInterval(timer));
}

function bytesOf(child: ChildProcess): number {
  return child.stdio
    .map((stream) =>
      stream !== null && stream !== undefined && 'bytesRead' in stream ? stream.bytesRead : 0,
    )
    .reduce<number>((sum, bytes) => sum + Number(bytes), 0);
}

function isUnread({ stdout, stderr }: ChildProcess): boolean {
  return [stdout, stderr].some((stream) => stream !== null && !stream.destroyed && stream.readableLength > 0);
}
