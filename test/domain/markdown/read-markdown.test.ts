import { describe, expect, it } from 'vitest';
import { readMarkdown } from '../../../src/domain/markdown/read-markdown.ts';
import { toPlainText } from '../../../src/domain/markdown/to-plain-text.ts';

const DOCUMENT = `# Title of *it*

Words
over two lines

- [ ] open **box**
  - inner
- [x] done box
- plain

1. first

| a | b |
| - | - |
| 1 | 2 |

\`\`\`sh -e
ls
\`\`\`

> quoted

<!-- hidden -->
`;

describe('domain/markdown/read-markdown', () => {
  it('gives the blocks with their lines', () => {
    expect(readMarkdown(DOCUMENT)).toEqual([
      { kind: 'heading', depth: 1, text: 'Title of *it*', line: 1 },
      { kind: 'paragraph', text: 'Words\nover two lines', line: 3 },
      {
        kind: 'list',
        ordered: false,
        line: 6,
        items: [
          {
            task: 'open',
            text: 'open **box**',
            line: 6,
            blocks: [
              {
                kind: 'list',
                ordered: false,
                line: 7,
                items: [{ task: null, text: 'inner', blocks: [], line: 7 }],
              },
            ],
          },
          { task: 'done', text: 'done box', blocks: [], line: 8 },
          { task: null, text: 'plain', blocks: [], line: 9 },
        ],
      },
      {
        kind: 'list',
        ordered: true,
        line: 11,
        items: [{ task: null, text: 'first', blocks: [], line: 11 }],
      },
      { kind: 'table', header: ['a', 'b'], rows: [{ cells: ['1', '2'], line: 15 }], line: 13 },
      { kind: 'code', language: 'sh', text: 'ls\n', line: 17 },
      { kind: 'quote', blocks: [{ kind: 'paragraph', text: 'quoted', line: 21 }], line: 21 },
      { kind: 'html', text: '<!-- hidden -->\n', line: 23 },
    ]);
  });

  it('keeps what stands in an item that begins with something else than words', () => {
    expect(readMarkdown('- ```\n  ls\n  ```\n')).toMatchObject([
      { items: [{ text: '', blocks: [{ kind: 'code', text: 'ls\n' }] }] },
    ]);
  });

  it.each(['\n', '\r\n', '\r'])('leaves out what comes after 10,000 lines that end in %j', (end) => {
    const rows = [...Array.from({ length: 9_999 }, () => 'a'), 'last'];
    expect(readMarkdown([...rows, '', '# More'].join(end))).toHaveLength(1);
    expect(readMarkdown(rows.join(end))).toMatchObject([{ text: expect.stringMatching(/last$/) }]);
    expect(readMarkdown(['', '# More', ...rows].join(end))).toHaveLength(2);
  });

  it('ends on nesting without end', () => {
    expect(() => readMarkdown('> '.repeat(100_000))).not.toThrow();
    expect(() => readMarkdown('- '.repeat(100_000))).not.toThrow();
  });
});

describe('domain/markdown/to-plain-text', () => {
  it.each([
    ['**Modules:** `api`', 'Modules: api'],
    ['__Modules__: a_b', 'Modules: a_b'],
    ['[api](https://a.b/c) and ![c](d)', 'api and c'],
    ['~~no~~ *yes*', 'no yes'],
    ['over\n  lines', 'over lines'],
    ['[not a link]', '[not a link]'],
    ['src/*.ts and b/*.md', 'src/*.ts and b/*.md'],
    ['`a*b*c` and *b*.', 'a*b*c and b.'],
    ['***all*** of __it__', 'all of it'],
    ['2 * 3 * 4', '2 * 3 * 4'],
  ])('%s', (inline, plain) => {
    expect(toPlainText(inline)).toBe(plain);
  });
});
