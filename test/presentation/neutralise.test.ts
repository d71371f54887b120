import { array, assert, constantFrom, oneof, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { neutralise } from '../../src/presentation/neutralise.ts';
import { cpuMs } from '../support/cpu-ms.ts';

/** Texts rich in what is dangerous, in all kinds of neighbourhood. */
const hostile = array(
  oneof(
    constantFrom(
      '@',
      'octocat',
      '@org/team',
      'fixes',
      'Closes',
      'resolved',
      ':',
      ' ',
      '\n',
      '#1',
      'GH-2',
      'a/b#3',
      '&',
      '&#64;',
      'https://github.com/o/r/issues/1',
      '/',
      '/baton approve',
      '<',
      '<!--',
      '-->',
      '!',
      '[',
      '](http://x)',
      '`',
      '&commat;',
      'amp;',
      '&amp;',
      '\u200b',
      '\u202e',
      '\u{E0041}',
      '\u200d',
      '\ufe0f',
      '😀',
      '\\',
      '> ',
      '*',
      '_',
    ),
    string({ unit: 'binary', maxLength: 3 }),
  ),
  { maxLength: 24 },
).map((parts) => parts.join(''));

describe('src/presentation/neutralise', () => {
  it.each([
    ['ask @octocat and @org/team', 'ask @ octocat and @ org/team'],
    ['mail joe@example.com', 'mail joe@example.com'],
    ['&#64;octocat &commat;octocat', '&amp;#64;octocat &amp;commat;octocat'],
    ['@\u200boctocat', '@ octocat'],
    ['fixes #1', 'fixes issue #1'],
    ['Closes: acme/orders#12.', 'Closes: issue acme/orders#12.'],
    ['resolved https://github.com/a/b/issues/1', 'resolved issue https://github.com/a/b/issues/1'],
    ['**fix** #1', '**fix** issue #1'],
    ['_fixes_ GH-7', '_fixes_ issue GH-7'],
    ['fixes\n\n#9', 'fixes\n\nissue #9'],
    ['prefixes #1 fixed the bug', 'prefixes #1 fixed the bug'],
    ['/approve', '\\/approve'],
    ['  > /lgtm', '  > \\/lgtm'],
    ['see src/api.ts', 'see src/api.ts'],
    ['a\r/baton approve', 'a\n\\/baton approve'],
    ['a\u2028/baton approve', 'a\n\\/baton approve'],
    ['<!-- baton:run -->', '< !-- baton:run -->'],
    ['<img src=x onerror=alert(1)>', '< img src=x onerror=alert(1)>'],
    ['</details><script>', '< /details>< script>'],
    ['1 < 2 && a<3', '1 < 2 && a<3'],
    ['![x](https://evil/?q=1)', '! [x](https://evil/?q=1)'],
    ['![x][ref]', '! [x][ref]'],
    ['\u001b[31mred\u001b[0m', 'red'],
    ['a\u202eb\u200bc\u{E0041}d\u00ade', 'abcde'],
    ['👩‍💻 and ❤️', '👩‍💻 and ❤️'],
    ['\ud800', '\ufffd'],
  ])('%j becomes %j', (text, harmless) => {
    expect(neutralise(text)).toBe(harmless);
  });

  it('leaves plain Markdown alone', () => {
    const plain =
      '## Plan\n\n1. Add `limit`.\n\n| a | b |\n|---|---|\n\n```ts\nif (a < 3) return x && y;\n```\n[docs](https://example.com)';
    expect(neutralise(plain)).toBe(plain);
  });

  it('leaves nothing that acts, whatever the text', () => {
    assert(
      property(hostile, (text) => {
        const harmless = neutralise(text);
        expect(harmless).not.toMatch(/(?<![a-z0-9])@[a-z0-9]/i);
        expect(harmless).not.toMatch(/(?<![a-z0-9])(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?)[^a-z0-9]*#\d/i);
        expect(harmless).not.toMatch(/^\s*\/[a-z]/im);
        expect(harmless).not.toMatch(/<[a-z!/?]/i);
        expect(harmless).not.toContain('![');
        expect(harmless).not.toMatch(/&(?:#\d+|#x[\da-f]+|commat|lt|num|sol);/i);
        expect(harmless).not.toMatch(/[\u200b\u202a-\u202e\u2066-\u2069\u{E0000}-\u{E0FFF}]/u);
      }),
      { numRuns: 3000 },
    );
  });

  it('changes nothing more the second time', () => {
    assert(
      property(hostile, (text) => {
        expect(neutralise(neutralise(text))).toBe(neutralise(text));
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ' ',
    '\n',
    '<!--',
    '![',
    '@',
    'fixes ',
    'fixes -',
    'fixes a/',
    '> ',
    '/',
    '&#',
    '&a',
    '\u001b[',
    '\u200d',
    '👩',
    '`',
    '# ',
  ])('takes linear time on 256 KiB of %j', (unit) => {
    const text = unit.repeat(Math.ceil(262_144 / unit.length));
    const before = cpuMs();
    neutralise(text);
    expect(cpuMs() - before).toBeLessThan(250);
  });
});
