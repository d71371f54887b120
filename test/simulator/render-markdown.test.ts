import { describe, expect, test } from 'vitest';
import { renderMarkdown } from '../../src/simulator/pages/markdown/render-markdown.ts';
import { cpuMs } from '../support/cpu-ms.ts';

describe('src/simulator/pages/markdown/render-markdown.ts', () => {
  test.each([
    ['# Title', '<h1>Title</h1>'],
    ['one\ntwo', '<p>one<br>two</p>'],
    ['**bold** and `a < b`', '<p><strong>bold</strong> and <code>a &lt; b</code></p>'],
    ['**take `a*b`, now**', '<p><strong>take <code>a*b</code>, now</strong></p>'],
    ['[`x`](https://a.b)', '<p><a href="https://a.b" rel="nofollow noopener"><code>x</code></a></p>'],
    ['[x](./`c`)', '<p>[x](./<code>c</code>)</p>'],
    [
      "see #4, not it's a#5",
      '<p>see <a href="../issues/4" rel="nofollow noopener">#4</a>, not it&#39;s a#5</p>',
    ],
    ['a *leaning* word', '<p>a <em>leaning</em> word</p>'],
    ['snake_case_name stays', '<p>snake_case_name stays</p>'],
    ['- a\n  - b\n- c', '<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>'],
    ['1. a\n2. b', '<ol><li>a</li><li>b</li></ol>'],
    ['- [x] done', '<ul><li><input type="checkbox" disabled checked> done</li></ul>'],
    ['- a\n  goes on\n- b', '<ul><li>a<br>goes on</li><li>b</li></ul>'],
    ['- a\n\n  more\n\n- b\n\nafter', '<ul><li>a<p>more</p></li><li>b</li></ul><p>after</p>'],
    [
      '3. a\n   - b\n     goes on\n4. c',
      '<ol start="3"><li>a<ul><li>b<br>goes on</li></ul></li><li>c</li></ol>',
    ],
    ['- a\n  ```\n  - code\n  ```', '<ul><li>a<pre><code>- code</code></pre></li></ul>'],
    ['- a\n1. b', '<ul><li>a</li></ul><ol><li>b</li></ol>'],
    [String.raw`- 1\. a \*b\* \<i>`, '<ul><li>1. a *b* &lt;i&gt;</li></ul>'],
    ['one<br>two `<br>`', '<p>one<br>two <code>&lt;br&gt;</code></p>'],
    ['before\n1. a', '<p>before</p><ol><li>a</li></ol>'],
    ['- a\nafter', '<ul><li>a</li></ul><p>after</p>'],
    ['> quoted', '<blockquote><p>quoted</p></blockquote>'],
    [
      '> says:\n> - a\n>   b\n>\n> > deep',
      '<blockquote><p>says:</p><ul><li>a<br>b</li></ul><blockquote><p>deep</p></blockquote></blockquote>',
    ],
    ['---', '<hr>'],
    [
      '```js\nif (a < b) {}\n<!-- kept -->\n```',
      '<pre><code>if (a &lt; b) {}\n&lt;!-- kept --&gt;</code></pre>',
    ],
    [
      '| a | b |\n|---|:-:|\n| 1 | `x\\|y` |',
      '<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td><code>x|y</code></td></tr></tbody></table>',
    ],
    ['[here](https://a.b/c_d_e)', '<p><a href="https://a.b/c_d_e" rel="nofollow noopener">here</a></p>'],
    [
      'see https://a.b/c?d=1&e=2',
      '<p>see <a href="https://a.b/c?d=1&amp;e=2" rel="nofollow noopener">https://a.b/c?d=1&amp;e=2</a></p>',
    ],
  ])('%j', (text, html) => {
    expect(renderMarkdown(text).trim()).toBe(html);
  });

  test('hides comments, also one without an end', () => {
    expect(renderMarkdown('<!-- marker -->\nseen')).not.toContain('marker');
    expect(renderMarkdown('seen <!-- no end')).toBe('<p>seen </p>');
  });

  test('folds details, and leaves none open or closed too often', () => {
    const html = renderMarkdown(
      '<details><summary>More</summary>\n\ninside\n\n</details>\n\n</details>\n\n<details>\nopen',
    );
    expect(html.match(/<details>/g)).toHaveLength(2);
    expect(html.match(/<\/details>/g)).toHaveLength(2);
    expect(html).toContain('<summary>More</summary>');
    expect(renderMarkdown('- <details>\n\nafter')).toBe('<ul><li><details></details></li></ul><p>after</p>');
  });

  test.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '# <script>x</script>',
    '- <svg onload=x>',
    '| <b onclick=x> | b |\n|---|---|\n| <i> | 2 |',
    '> <iframe>',
    '`</code><script>`',
    '```\n</code></pre><script>\n```',
    '<details onclick=x><summary onclick=x><script>y</script></summary>',
    '<details><summary><img src=x onerror=y></summary>',
    '**<script>**',
    '[<script>](https://a.b)',
    '[x](https://a.b"onclick=alert(1))',
  ])('lets no tag of %j through', (text) => {
    const tags = renderMarkdown(text).match(/<[^>]*>/g) ?? [];
    const known =
      /^<\/?(h1|p|ul|li|table|thead|tbody|tr|th|td|blockquote|code|pre|details|summary|strong|br|a)( href="[^"]*" rel="nofollow noopener")?>$/;
    expect(tags.filter((tag) => !known.test(tag))).toEqual([]);
  });

  test.each(['javascript:alert(1)', 'data:text/html,x', 'vbscript:x', '//evil.example', 'JaVaScRiPt:x'])(
    'makes no link to %s',
    (target) => {
      expect(renderMarkdown(`[x](${target})`)).not.toContain('<a ');
    },
  );

  test('is quick with text made to be slow', () => {
    const started = cpuMs();
    for (const text of [
      '*'.repeat(20_000),
      '['.repeat(20_000),
      '`'.repeat(20_001),
      '<!--'.repeat(5000),
      '> '.repeat(9999),
      '- '.repeat(9999),
      `- a${'\n'.repeat(4990)}- b`,
    ]) {
      renderMarkdown(text);
    }
    expect(cpuMs() - started).toBeLessThan(2000);
  });
});
