import { crc32 } from 'node:zlib';

/** One message of an AWS event stream. */
export interface EventFrame {
  /** Those with text, by their names, such as `:event-type`. */
  readonly headers: ReadonlyMap<string, string>;
  readonly payload: Buffer;
}

/** Two lengths and their checksum; after the payload another checksum of all. */
const PRELUDE_BYTES = 12;
const CHECKSUM_BYTES = 4;
/** More than any message of a model. */
const MOST_BYTES = 16 * 1024 * 1024;

/** The bytes that values of each type take in a header; null: two bytes of length first. */
const VALUE_BYTES: readonly (number | null)[] = [0, 0, 1, 2, 4, 8, null, null, 8, 16];
const TEXT = 7;

/**
 * Takes an event stream apart as it comes, in whatever chunks.
 * https://docs.aws.amazon.com/lexv2/latest/dg/event-stream-encoding.html
 * @throws Error when a message is not what its checksum says.
 */
export function createFrameReader(): (chunk: Buffer) => readonly EventFrame[] {
  let left = Buffer.alloc(0);
  return (chunk) => {
    left = Buffer.concat([left, chunk]);
    const frames: EventFrame[] = [];
    for (let size = sizeOf(left); size !== null && size <= left.length; size = sizeOf(left)) {
      frames.push(toFrame(left.subarray(0, size)));
      left = left.subarray(size);
    }
    return frames;
  };
}

/** Null while it is not known. */
function sizeOf(bytes: Buffer): number | null {
  if (bytes.length < PRELUDE_BYTES) {
    return null;
  }
  const size = bytes.readUInt32BE(0);
  const headers = bytes.readUInt32BE(4);
  const isWhole = crc32(bytes.subarray(0, 8)) === bytes.readUInt32BE(8);
  if (!isWhole || size > MOST_BYTES || PRELUDE_BYTES + headers + CHECKSUM_BYTES > size) {
    throw new Error('the event stream of the provider is damaged');
  }
  return size;
}

function toFrame(bytes: Buffer): EventFrame {
  const end = bytes.length - CHECKSUM_BYTES;
  if (crc32(bytes.subarray(0, end)) !== bytes.readUInt32BE(end)) {
    throw new Error('a message in the event stream of the provider is damaged');
  }
  const headersEnd = PRELUDE_BYTES + bytes.readUInt32BE(4);
  return {
    headers: readHeaders(bytes.subarray(PRELUDE_BYTES, headersEnd)),
    payload: bytes.subarray(headersEnd, end),
  };
}

function readHeaders(bytes: Buffer): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  let at = 0;
  while (at < bytes.length) {
    const nameEnd = at + 1 + bytes.readUInt8(at);
    const name = bytes.toString('utf8', at + 1, nameEnd);
    const type = bytes.readUInt8(nameEnd);
    const fixed = VALUE_BYTES[type];
    if (fixed === undefined) {
      throw new Error(`a header in the event stream of the provider has the unknown type ${type}`);
    }
    const start = nameEnd + (fixed === null ? 3 : 1);
    at = start + (fixed ?? bytes.readUInt16BE(nameEnd + 1));
    if (type === TEXT) {
      headers.set(name, bytes.toString('utf8', start, at));
    }
  }
  return headers;
}
