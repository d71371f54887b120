import type { Readable } from 'node:stream';

export interface Output {
  /** Called once when there is more than fits: `cut` or `too-long`, as the limit asks. */
  onFull(listener: (why: 'cut' | 'too-long') => void): void;
  read(): Buffer;
}

/** Collects what a process prints, up to a limit; the rest is read and dropped, so that the process never blocks. */
export function createOutput(
  stream: Readable,
  longest: { readonly bytes: number; readonly beyond: 'fail' | 'cut' },
): Output {
  const chunks: Buffer[] = [];
  let room = longest.bytes;
  let full: ((why: 'cut' | 'too-long') => void) | null = null;
  stream.on('data', (chunk: Buffer) => {
    if (room > 0) {
      chunks.push(chunk.subarray(0, room));
    }
    if (chunk.length > room) {
      full?.(longest.beyond === 'cut' ? 'cut' : 'too-long');
      full = null;
    }
    room = Math.max(0, room - chunk.length);
  });
  return {
    onFull: (listener) => {
      full = listener;
    },
    read: () => Buffer.concat(chunks),
  };
}
