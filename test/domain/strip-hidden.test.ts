import { array, assert, constantFrom, oneof, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stripHidden } from '../../src/domain/strip-hidden.ts';
import { countInvisible } from '../../src/domain/visible.ts';
import { cpuMs } from '../support/cpu-ms.ts';

/** The size of the largest text that GitHub lets anybody write, four times over. */
const LONG = 256 * 1024;

/** A word that no agent may be told. */
const TRIPWIRE = 'tripwire';

describe('domain/strip-hidden: what a reader does not see is left out', () => {
  it.each([
    ['a comment', 'a <!-- tripwire --> b', 'a   b'],
    ['a comment over blank lines', 'a\n<!--\n\ntripwire\n\n-->\nb', 'a\n \nb'],
    ['a comment that nobody closed', 'a\n\n<!-- tripwire', 'a\n\n '],
    ['the shortest comments', '<!--> a <!---> b', '  a   b'],
    ['a comment in pieces', '<!-<!-- tripwire -->- x -->', ' - x -->'],
    ['a declaration', 'a <!tripwire> <?tripwire ?> <![CDATA[tripwire]]> b', 'a       b'],
    ['a hidden element', '<div hidden>tripwire <div>x</div> tripwire</div>b', ' b'],
    ['an element that is not displayed', "<p style='color: red; display : none'>tripwire</p>b", ' b'],
    ['an element without size', '<span style="font-size:0px">tripwire</span>b', ' b'],
    ['a script', '<script>tripwire</script>b', ' b'],
    ['a template that nobody closed', 'a\n<template>\n\ntripwire', 'a\n '],
    ['a comment in a hidden element', '<div hidden><!-- </div> -->tripwire</div>b', ' b'],
    ['attributes', '<b title="tripwire is what you say">b</b>', '<b>b</b>'],
    ['an attribute over blank lines', '<b title="a\n\ntripwire">b</b>', '<b>'],
    ['a tag in an attribute', '<a title="<b title=\'tripwire\'>">b', '<a>b'],
    [
      'the words in place of a picture',
      '<img alt="tripwire is it" src="https://a.b/c.png">',
      '<img src="https://a.b/c.png">',
    ],
    ['a comment of Markdown', '[//]: # (tripwire)\nb', '\nb'],
    ['a definition that nothing uses', '[tripwire]: https://a.b\nb', '\nb'],
    ['a title of a definition', '[b]: https://a.b\n"tripwire"\n\n[b]', '[b]: https://a.b\n\n[b]'],
    ['a title of a link', '[b](https://a.b "tripwire")', '[b](https://a.b)'],
    ['a comment behind code that is none', '`a\nb` <!-- tripwire --> `c`', '`a\nb`   `c`'],
    ['a comment behind a tick in an address', '<http://a`b> <!-- tripwire --> `c', '<http>   `c'],
    ['a comment behind an escaped tick', '\\` <!-- tripwire --> `c', '\\`   `c'],
    ['a comment in a fence inside HTML', '<div>\n```\n<!-- tripwire -->\n```', '<div>\n```\n \n```'],
    ['a comment in a fence inside a comment', '<!--\n\n```\n-->\n<!-- tripwire -->\n```', ' \n \n```'],
    [
      'a comment behind a list that ends a fence',
      '- a\n\n  ```\nb\n  <!-- tripwire -->',
      '- a\n\n  ```\nb\n   ',
    ],
    ['a comment in a fence in a quote', '> <p>\n> ```\n> <!-- tripwire -->', '> <p>\n> ```\n>  '],
    ['a comment spelled in entities', 'a &lt;!-- tripwire --&#62; &#x3c;!-- tripwire --&gt; b', 'a     b'],
    ['one that was encoded twice', 'a &amp;lt;!-- tripwire --&amp;#62; b', 'a   b'],
    ['an invisible entity', 'trip&zwnj;&#8203;&ZeroWidthSpace;less', 'tripless'],
    ['entities joined by an invisible one', '&l&#8203;t;!-- tripwire -->b', ' b'],
  ])('%s', (_, text, shown) => {
    const stripped = stripHidden(text);
    expect(stripped.text).toBe(shown);
    expect(stripped.text).not.toContain(TRIPWIRE);
  });

  it.each([
    ['\u{E0041}\u{E007F}', 'tags'],
    ['\u200B\u200E\u200F\u2060\u2064\uFEFF', 'zero width'],
    ['\u00AD\u034F\u061C\u115F\u1160\u3164\uFFA0\u180B\u180E', 'fillers'],
    ['\uFE00\uFE0F\u{E0100}\u{E01EF}\u200D', 'variations and joiners without an emoji'],
    ['\u202A\u202E\u2066\u2069', 'directions'],
  ])('%j: %s', (characters) => {
    expect(stripHidden(`a${characters}b \`${characters}\``)).toEqual({ text: 'ab ``', parts: 2 });
  });

  it('counts what it takes out, and nothing that everybody writes', () => {
    expect(stripHidden('a <!-- 1 --> <!-- 2 --> &lt;b&gt; <p hidden>3</p> \u{E0041}').parts).toBe(4);
    const usual =
      '<details>\n<summary>Log</summary>\n\n<img width="1" height="2" alt="image" src="https://a.b/c" />';
    expect(stripHidden(usual).parts).toBe(0);
  });
});

describe('domain/strip-hidden: what a reader sees stays', () => {
  it.each([
    ['words', 'When a < b and c > d, it is 3 <3 & more.'],
    ['an emoji of several', '👩‍💻 ❤️ 🏳️‍🌈'],
    ['images and links', '![a picture](https://a.b/c.png) [b](https://a.b) <https://a.b/c?d=e> <a.b@c.de>'],
    ['definitions and notes that are used', 'See [b] and [^1].\n\n[b]: https://a.b\n[^1]: A note.'],
    ['a fenced block', '```html\n<!-- x -->\n<div hidden title="y">&amp;</div>\n```\n\nb'],
    ['a block of tildes, never closed', 'a\n~~~\n<!-- x -->'],
    ['a span', 'The tag `<div hidden>` and ``a ` <!-- b -->`` and `&lt;`.'],
    ['code in details', '<details>\n<summary>x</summary>\n\n```\n<b c="d">\n```\n\n</details>'],
    ['somebody who speaks of a tag', 'The <script> in the head\n\nis wrong.'],
    ['a tag that is none', 'if a <b and\n\nthen'],
  ])('%s', (_, text) => {
    expect(stripHidden(text)).toEqual({ text, parts: 0 });
  });

  it('shows what a folded part holds', () => {
    expect(stripHidden('<details open class="x"><summary>a</summary>b</details>').text).toBe(
      '<details><summary>a</summary>b</details>',
    );
  });

  it('takes out of code what is invisible, and no more', () => {
    expect(stripHidden('```\n<a\u200B b="c">\n```').text).toBe('```\n<a b="c">\n```');
  });
});

const SIGNS = constantFrom(
  '<!--',
  '-->',
  '<!-',
  '<',
  '>',
  '</',
  '<div hidden>',
  '</div>',
  '<b a="',
  '"',
  "'",
  '=',
  '`',
  '```',
  '~~~',
  '\n',
  '\n\n',
  ' ',
  '  ',
  '&lt;',
  '&amp;',
  '&#60;',
  '&',
  ';',
  'lt;',
  '#60;',
  '[a]',
  ']: ',
  '[a]: b',
  '![',
  '](',
  '\\',
  '\u200B',
  '\u200D',
  '\uFE0F',
  '\u{E0041}',
  '👩',
  '\u0001',
  '0',
  '\u0002',
  '<script>',
  '<pre>',
  '- ',
  '> ',
  '|',
  'x',
  '<?',
  '?>',
  '<![CDATA[',
  ' hidden',
  'display:none',
  '\r\n',
  '\t',
  '(',
  ')',
  '<a href="https://a.b">',
  '<http://a',
  '@b.c>',
  ' "c d e")',
);
const anyMarkdown = oneof(
  array(SIGNS, { maxLength: 40 }).map((signs) => signs.join('')),
  string({ unit: 'binary' }),
);

describe('domain/strip-hidden: whatever the text is', () => {
  it('doing it again changes nothing, nothing invisible is left, and it grows by a bounded part', () => {
    assert(
      property(anyMarkdown, (text) => {
        const { text: once } = stripHidden(text);
        expect(stripHidden(once)).toEqual({ text: once, parts: 0 });
        expect(countInvisible(once)).toBe(0);
        expect(once.length).toBeLessThanOrEqual(text.length * 2);
      }),
      { numRuns: 2000 },
    );
  });

  it('no comment is left outside of code', () => {
    assert(
      property(anyMarkdown, (text) => {
        const { text: once } = stripHidden(text.replaceAll(/[`~]/g, ''));
        expect(once).not.toContain('<!--');
      }),
    );
  });

  it.each([
    '<!--',
    '<!-',
    '![',
    '[',
    '](x "',
    '<div hidden>',
    '<a b="',
    "<a b='",
    '<a ',
    '</x',
    '<?',
    '<b>\n\n',
    '<pre>',
    '`',
    '` `` ',
    '```\n',
    '~~~\n',
    '&amp;',
    '&amp;lt;',
    '&#',
    '[a]: b\n',
    '[^a]: x\n\n',
    '> <',
    '\n<',
    '\n',
    ' ',
    '​',
    '󠁁',
    '‍',
    '<!-<!-- -->',
    'style=display:',
    'x <!-- a --> `b` &lt;c&gt; ',
  ])('takes linear time: %j', (piece) => {
    const half = piece.repeat(LONG / 2 / piece.length);
    const text = half + half;
    expect(Math.min(timed(text), timed(text))).toBeLessThan(2000);
  });
});

function timed(text: string): number {
  const from = cpuMs();
  stripHidden(text);
  return cpuMs() - from;
}
