import { MOST_TEXT } from './protocol.ts';

/** Output of any length in bounded memory: its beginning and its end. */
interface Output {
  add(chunk: Buffer): void;
  /** The text, with a line in the middle that says how much is missing when something is. */
  read(): string;
}

/** Half of what an answer holds; a little is left for words of our own. */
const HALF_BYTES = MOST_TEXT / 2 - 500;

export function createOutput(): Output {
  let head = Buffer.alloc(0);
  let tail = Buffer.alloc(0);
  let total = 0;
  return {
    add(chunk) {
      total += chunk.length;
      const room = HALF_BYTES - head.length;
      head = room > 0 ? Buffer.concat([head, chunk.subarray(0, room)]) : head;
      const rest = chunk.subarray(Math.max(room, 0));
      tail = Buffer.concat([tail.subarray(-HALF_BYTES), rest.subarray(-HALF_BYTES)]);
    },
    read() {
      const end = tail.subarray(-HALF_BYTES);
      const cut = total - head.length - end.length;
      return cut === 0
        ? Buffer.concat([head, end]).toString()
        : `${head.toString()}\n[... ${cut} bytes left out ...]\n${end.toString()}`;
    },
  };
}
