import { assert, nat, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assemble } from '../../src/presentation/assemble.ts';
import { byteLength, clip, clipBytes, clipMiddle } from '../../src/presentation/clip.ts';
import { code, fence } from '../../src/presentation/fence.ts';
import { inline } from '../../src/presentation/inline.ts';
import { listFindings } from '../../src/presentation/list-findings.ts';
import { quote } from '../../src/presentation/quote.ts';

const anyText = string({ unit: 'grapheme' });

describe('src/presentation/clip', () => {
  it.each([
    ['short', 10, 'short'],
    ['a longer text', 9, 'a longer…'],
    ['ab👩‍💻cd', 5, 'ab…'],
    ['abe\u0301f', 4, 'ab…'],
    ['ab😀c', 4, 'ab…'],
  ])('clip(%j, %i) is %j', (text, max, clipped) => {
    expect(clip(text, max)).toBe(clipped);
  });

  it('never exceeds its limit and never cuts a character in two', () => {
    assert(
      property(anyText, nat(40), (text, max) => {
        expect(clip(text, max + 1).length).toBeLessThanOrEqual(max + 1);
        expect(byteLength(clipBytes(text, max + 3))).toBeLessThanOrEqual(max + 3);
        expect(clip(text, max + 1).isWellFormed()).toBe(true);
        expect(clipBytes(text, max + 3).isWellFormed()).toBe(true);
        expect(clipMiddle(text, max).isWellFormed()).toBe(true);
      }),
    );
  });

  it('keeps both ends of an output, the last one longer', () => {
    const output = `start${'.'.repeat(500)}the end`;
    expect(clipMiddle(output, 40)).toBe(`start.....\n… 472 characters left out …\n${'.'.repeat(23)}the end`);
  });
});

describe('src/presentation/list-findings', () => {
  it('cuts a path that a report made up, and keeps the line', () => {
    const findings = [{ path: 'a/'.repeat(5_000), line: 7, message: 'bad', severity: 'error' as const }];
    expect(listFindings(findings)).toMatch(/^- \*\*error\*\* `(?:a\/){99}a?…:7`: bad$/);
  });
});

describe('src/presentation/fence', () => {
  it('cannot be ended by its text', () => {
    expect(fence('a\n```\n@org/everyone\n/approve\n<!-- baton -->\n', 1000)).toBe(
      '````text\na\n```\n@org/everyone\n /approve\n< !-- baton -->\n````',
    );
    assert(
      property(string({ unit: 'grapheme-ascii' }), (text) => {
        const [first = '', ...rest] = fence(text, 1000).split('\n');
        const ticks = first.replace('text', '');
        expect(rest.pop()).toBe(ticks);
        expect(rest.join('\n')).not.toContain(ticks);
      }),
    );
  });

  it.each([
    ['approve', '`approve`'],
    ['a`b', '``a`b``'],
    ['`a', '`` `a ``'],
    ['a|b\nc', '`a\\|b c`'],
    ['a\\|b', '`a\\|b`'],
  ])('code(%j) is %j', (text, shown) => {
    expect(code(text)).toBe(shown);
  });
});

describe('src/presentation/inline', () => {
  it.each([
    ['two\nlines | a bar', 'two lines \\| a bar'],
    ['escaped \\\\| bar', 'escaped \\| bar'],
    ['hello @octocat <b>', 'hello @ octocat < b>'],
    ['x\n/approve', 'x /approve'],
  ])('inline(%j) is %j', (text, shown) => {
    expect(inline(text, 100)).toBe(shown);
  });
});

describe('src/presentation/quote', () => {
  it('keeps what is left open inside', () => {
    expect(quote('a\n\n```\nopen', 1000)).toBe('> a\n>\n> ```\n> open');
  });

  it('cuts at a line and says so', () => {
    const shown = quote('line one\n'.repeat(100), 120);
    expect(byteLength(shown)).toBeLessThanOrEqual(120);
    expect(shown).toMatch(/^> line one\n.*cut here/s);
    expect(quote('x'.repeat(500), 100)).toMatch(/^> x+…\n> … \*\(cut here/);
  });
});

describe('src/presentation/assemble', () => {
  it('gives what the fixed parts leave to the others, in order', () => {
    const text = assemble(
      ['head', (max) => 'x'.repeat(Math.min(max, 10)), (max) => 'y'.repeat(max), 'foot'],
      40,
    );
    expect(text).toBe('head\n\nxxxxxxxxxx\n\nyyyyyyyyyyyyyy\n\nfoot');
    expect(byteLength(text)).toBeLessThanOrEqual(40);
  });
});
