import { StringDecoder } from 'node:string_decoder';
import type { Form } from '../route.ts';
import { type Metered, type ReadUsage, UNTOLD } from './metered.ts';
import { readChatUsage } from './read-chat-usage.ts';
import { readMessagesUsage } from './read-messages-usage.ts';
import { readResponsesUsage } from './read-responses-usage.ts';

/** Reads along while an answer passes. It never holds anything up and never throws. */
export interface Meter {
  push(chunk: Buffer): void;
  /** What was told until now; call it when nothing more comes. */
  end(): Metered;
}

const READERS: Readonly<Record<Form, ReadUsage>> = {
  messages: readMessagesUsage,
  chat: readChatUsage,
  responses: readResponsesUsage,
};

/** Characters that are kept of a whole answer, and of one line of a stream. What is longer is passed on, but not read. */
const MAX_KEPT = 16 * 1024 * 1024;

/** A meter for an answer with this content type. */
export function createMeter(form: Form, contentType: string): Meter {
  const read = READERS[form];
  return contentType.startsWith('text/event-stream') ? createStreamMeter(read) : createWholeMeter(read);
}

function createWholeMeter(read: ReadUsage): Meter {
  const chunks: Buffer[] = [];
  let size = 0;
  return {
    push(chunk) {
      size += chunk.byteLength;
      if (size <= MAX_KEPT) {
        chunks.push(chunk);
      }
    },
    end: () =>
      size > MAX_KEPT ? UNTOLD : readText(Buffer.concat(chunks).toString('utf8'), { read, soFar: UNTOLD }),
  };
}

/** Events are told apart by lines; each has its JSON in one `data:` line. */
function createStreamMeter(read: ReadUsage): Meter {
  const decoder = new StringDecoder('utf8');
  let soFar = UNTOLD;
  let line = '';
  function take(text: string): void {
    // Only what tells of usage is worth parsing: most events are a word or two of the answer.
    if (text.startsWith('data:') && text.includes('"usage"')) {
      soFar = readText(text.slice('data:'.length), { read, soFar });
    }
  }
  return {
    push(chunk) {
      const [first = '', ...others] = decoder.write(chunk).split(/\r\n|\n|\r/);
      line = line.length + first.length > MAX_KEPT ? '' : line + first;
      for (const next of others) {
        take(line);
        line = next;
      }
    },
    end() {
      take(line);
      line = '';
      return soFar;
    },
  };
}

function readText(
  text: string,
  { read, soFar }: { readonly read: ReadUsage; readonly soFar: Metered },
): Metered {
  try {
    return read(JSON.parse(text), soFar);
  } catch {
    return soFar;
  }
}
