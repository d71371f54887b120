import { readFileSync } from 'node:fs';
import { array, assert, constantFrom, property, string, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { issueTypeSchema } from '../../src/domain/issue-type.ts';
import { triageByRules } from '../../src/domain/triage-rules.ts';
import { cpuMs } from '../support/cpu-ms.ts';

const issuesSchema = z.array(
  z.strictObject({ type: issueTypeSchema.nullable(), title: z.string(), body: z.string() }),
);
type LabelledIssue = z.infer<typeof issuesSchema>[number];

function readIssues(name: string): readonly LabelledIssue[] {
  return issuesSchema.parse(parse(readFileSync(`test/domain/${name}.yaml`, 'utf8')));
}

const SAMPLE = readIssues('triage-sample');
const HELD_OUT = readIssues('triage-held-out');

/** How often a type that was given is right, and how many of the issues with a type are given one. */
function measure(name: string, issues: readonly LabelledIssue[]) {
  const decided = issues.flatMap((issue) => {
    const type = triageByRules(issue)?.type;
    return type === undefined ? [] : [{ issue, type }];
  });
  const wrong = decided.filter(({ issue, type }) => issue.type !== type);
  const right = decided.length - wrong.length;
  const typed = issues.filter(({ type }) => type !== null).length;
  const figures = { precision: right / decided.length, recall: right / typed };
  console.info(
    `${name}: ${issues.length} issues, ${typed} with a type; decided ${decided.length}, right ${right}; ` +
      `precision ${figures.precision.toFixed(3)}, recall ${figures.recall.toFixed(3)}`,
  );
  return { ...figures, wrong: wrong.map(({ issue, type }) => `${type}: ${issue.title}`) };
}

/** A type of issue by its words, or null: a title alone, or a title and a text. */
function typeOf(title: string, body = ''): string | null {
  return triageByRules({ title, body })?.type ?? null;
}

/** The text with an invisible character before each of its own. */
function hide(text: string, character: string): string {
  return text.replaceAll(/(?:)/gu, character);
}

describe('src/domain/triage-rules', () => {
  it('has a sample with enough of each type, and of issues that nobody can tell from their words', () => {
    for (const type of issueTypeSchema.options) {
      expect(SAMPLE.filter((issue) => issue.type === type).length).toBeGreaterThanOrEqual(8);
    }
    expect(SAMPLE.filter(({ type }) => type === null).length).toBeGreaterThanOrEqual(16);
    expect(HELD_OUT.length).toBeGreaterThanOrEqual(24);
  });

  it('is never wrong on the issues it was made with', () => {
    const { wrong, recall } = measure('sample', SAMPLE);
    expect(wrong).toEqual([]);
    expect(recall).toBeGreaterThanOrEqual(0.6);
  });

  it('is seldom wrong on issues it was not made with', () => {
    expect(measure('held-out', HELD_OUT).precision).toBeGreaterThanOrEqual(0.9);
  });

  it('says what it found, in words, and counts no word twice', () => {
    expect(triageByRules({ title: 'Slow query on the order list', body: 'No index is used.' })).toEqual({
      type: 'performance',
      confidence: 0.95,
      reasons: ["the title says 'slow query'", "the text says 'no index'"],
    });
    expect(triageByRules({ title: 'Slow query', body: '' })?.confidence).toBe(0.8);
  });

  it('says each place once', () => {
    const found = triageByRules({ title: 'Add pagination to GET /orders', body: '' });
    expect(found?.reasons).toEqual(["the title says 'get /…' and 'pagination'"]);
  });

  it('repeats nothing but the words it looks for', () => {
    const found = triageByRules({ title: 'Add @everyone <b>evil</b> endpoint', body: '' });
    expect(found?.reasons[0]).toBe("the title says 'add … endpoint'");
    expect(found?.reasons.join(' ')).not.toMatch(/everyone|evil|[<>@]/);
  });

  it.each([
    ['a fenced block', '```\nSQL injection, XSS, CSRF\n```'],
    ['a fence that nobody closed', '~~~\nSQL injection, XSS, CSRF'],
    ['a fence inside another', '```\n~~~\nSQL injection, XSS, CSRF\n```'],
    ['indented code', 'See\n\n    SQL injection, XSS, CSRF'],
    ['code in a line', 'See `SQL injection, XSS, CSRF`.'],
    ['a quote', '> SQL injection, XSS, CSRF'],
    ['a comment', 'See <!-- SQL injection,\nXSS, CSRF --> here'],
    ['a comment that nobody closed', 'See <!-- SQL injection, XSS, CSRF'],
    ['a heading', '### SQL injection, XSS, CSRF'],
    ['a bold heading', '**SQL injection, XSS, CSRF:**'],
    ['an open checkbox', '- [ ] SQL injection, XSS, CSRF'],
    ['an address', 'https://example.com/sql-injection/xss/csrf'],
    ['a file name', 'sql.injection xss.ts csrf.ts'],
    ['what lies beyond the window', `${'. '.repeat(10_000)} SQL injection, XSS, CSRF`],
    ['a denial', 'This is not a SQL injection. There is no XSS.'],
  ])('does not count %s', (_, body) => {
    expect(typeOf('A thought', body)).toBeNull();
  });

  it.each([
    ['plain text', 'SQL injection, XSS, CSRF'],
    ['text after code', '```\nx\n```\nSQL injection, XSS, CSRF'],
    ['text after a comment', '<!-- x -->SQL injection, XSS, CSRF'],
    ['a list item with a second line', '- found\n    SQL injection, XSS, CSRF'],
    ['a ticked checkbox', '- [x] SQL injection, XSS, CSRF'],
    ['words parted by ignored ones', 'There is an SQL injection. An SQL injection by the mail, and an XSS'],
  ])('counts %s', (_, body) => {
    expect(typeOf('A thought', body)).toBe('security');
  });

  it('does not find a phrase across two sentences', () => {
    expect(typeOf('N 1 query')).toBe('performance');
    expect(typeOf('N 1. Query')).toBeNull();
  });

  it('does not count words that mean something else together', () => {
    expect(typeOf('Pipeline broken')).toBe('devops');
    expect(typeOf('Sales pipeline broken')).toBeNull();
  });

  it('needs more than one word with many meanings', () => {
    expect(typeOf('Exception')).toBeNull();
    expect(typeOf('Exception when saving an order')).toBe('error');
  });

  it('leaves it open when two types are close, or when it is about something else', () => {
    expect(typeOf('Slow query')).toBe('performance');
    expect(typeOf('Slow query and a SQL injection')).toBeNull();
    expect(typeOf('Typo in the documentation of the slow query log')).toBeNull();
  });

  describe('whatever it is given', () => {
    const words = constantFrom(
      ...'slow query no index add endpoint sql injection the performance review stürzt ab Straße İ 🎉 1 /x'.split(
        ' ',
      ),
      ...'. ``` <!-- --> ` < [ ] https:// ** | -'.split(' '),
      '\n',
      '> ',
      '- [ ]',
      '    ',
    );
    const plain = array(words, { maxLength: 60 }).map((known) => known.join(' '));
    const texts = tuple(plain, string({ unit: 'binary', maxLength: 80 })).map(
      ([known, unknown]) => `${known} ${unknown}`,
    );

    it('answers within its bounds, and the same each time', () => {
      assert(
        property(texts, texts, (title, body) => {
          const found = triageByRules({ title, body });
          expect(triageByRules({ title, body })).toEqual(found);
          if (found !== null) {
            expect(found.confidence).toBeGreaterThan(0);
            expect(found.confidence).toBeLessThan(1);
            expect(found.reasons.length).toBeGreaterThan(0);
            expect(found.reasons.length).toBeLessThanOrEqual(5);
            expect(Math.max(...found.reasons.map((reason) => reason.length))).toBeLessThan(200);
          }
        }),
      );
    });

    it('does not mind upper and lower case', () => {
      assert(
        property(plain, plain, (title, body) => {
          const found = triageByRules({ title, body });
          expect(triageByRules({ title: title.toUpperCase(), body: body.toUpperCase() })).toEqual(found);
          expect(triageByRules({ title: title.toLowerCase(), body: body.toLowerCase() })).toEqual(found);
        }),
      );
    });

    it('does not see what nobody sees', () => {
      const invisible = constantFrom('\u200B', '\u200D', '\uFEFF', '\u00AD', '\u2060', '\uFE0F', '\u{E0041}');
      assert(
        property(plain, plain, invisible, (title, body, character) => {
          expect(triageByRules({ title: hide(title, character), body: hide(body, character) })).toEqual(
            triageByRules({ title, body }),
          );
        }),
      );
    });
  });

  it.each([
    ['one word', 'slow '],
    ['the beginning of many phrases', 'add no missing database '],
    ['open tags', '<'],
    ['open comments', '<!--'],
    ['backticks', '`'],
    ['asterisks', '**'],
    ['addresses', 'https://'],
    ['letters that grow', '\uFDFA'],
    ['blank lines', '\n \n'],
    ['dots and letters', 'a.'],
  ])('takes time in proportion to the length only: %s', (_, piece) => {
    const started = cpuMs();
    triageByRules({ title: piece.repeat(100_000), body: piece.repeat(100_000) });
    expect(cpuMs() - started).toBeLessThan(1000);
  });
});
