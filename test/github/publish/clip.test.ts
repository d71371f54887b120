import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clip, clipLine } from '../../../src/github/publish/clip.ts';

describe('src/github/publish/clip.ts', () => {
  test.each([
    ['short', 10, 'short'],
    ['exactly10!', 10, 'exactly10!'],
    ['one too many', 10, 'one too…'],
    ['üüüüüü', 8, 'üü…'],
    ['🎈🎈🎈', 8, '🎈…'],
    ['half \ud83c pair', 40, 'half \ufffd pair'],
  ])('%j in %i bytes is %j', (text, bytes, expected) => {
    expect(clip(text, bytes)).toBe(expected);
  });

  test('never takes more bytes, and always is a beginning of the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.integer({ min: 3, max: 80 }),
        (text, bytes) => {
          const cut = clip(text, bytes);
          expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(bytes);
          expect(text.toWellFormed().startsWith(cut.replace(/…$/, ''))).toBe(true);
        },
      ),
    );
  });

  test('a line has no control characters', () => {
    expect(clipLine(' a\r\n\tb\u2028c\u0000 ', 40)).toBe('a b c');
  });
});
