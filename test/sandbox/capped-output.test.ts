import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCappedOutput } from '../../src/sandbox/capped-output.ts';

function collect(maxBytes: number, chunks: readonly Uint8Array[]): string {
  const output = createCappedOutput(maxBytes);
  for (const chunk of chunks) {
    output.add(Buffer.from(chunk));
  }
  return output.read();
}

describe('src/sandbox/capped-output', () => {
  it('keeps what fits, whole', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 20 }), (texts) => {
        expect(
          collect(
            1_000_000,
            texts.map((text) => Buffer.from(text)),
          ),
        ).toBe(texts.join(''));
      }),
    );
  });

  it('cuts the middle between characters and counts what is missing', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', minLength: 60, maxLength: 400 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 16, max: 50 }),
        (text, size, maxBytes) => {
          const bytes = Buffer.from(text);
          const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
            bytes.subarray(index * size, (index + 1) * size),
          );
          const [first = '', count = '', last = ''] = collect(maxBytes, chunks).split(
            /\n\[\.\.\. (\d+) bytes cut \.\.\.\]\n/,
          );
          expect(text.startsWith(first) && text.endsWith(last)).toBe(true);
          expect(Buffer.byteLength(first) + Number(count) + Buffer.byteLength(last)).toBe(bytes.length);
          expect(Buffer.byteLength(first + last)).toBeLessThanOrEqual(maxBytes);
        },
      ),
    );
  });
});
