import { QUALIFIERS } from './search-qualifiers.ts';
import { toTextFilter } from './search-text.ts';
import type { Placed } from './sort-issues.ts';

type IssueFilter = (hit: Placed) => boolean;
type Term = { readonly name: string; readonly value: string; readonly isNegated: boolean };

const TERM = /(-?)(?:(\w+):)?((?:"[^"]*"|[^\s,"]+)(?:,(?:"[^"]*"|[^\s,"]+))*)/g;
const MAX_QUERY = 256;
/** Of these, one that holds is enough: an issue is in one repository only. */
const PLACES = ['repo', 'org', 'user'];

/**
 * Reads GitHub's search syntax (`repo:a/b is:open label:"x y",z words in:body`) into a filter. Unknown qualifiers match
 * all.
 */
export function toIssueFilter(query: string): IssueFilter {
  const terms = [...query.slice(0, MAX_QUERY).matchAll(TERM)].map(toTerm);
  const places = terms.filter(({ name, isNegated }) => PLACES.includes(name) && !isNegated);
  const text = toTextFilter(
    terms.filter(({ name }) => name === 'in').flatMap(({ value }) => value.split(',')),
  );
  const others = terms.filter((term) => term.name !== 'in' && !places.includes(term));
  return (hit) =>
    (places.length === 0 || places.some((term) => matches(hit, term, text))) &&
    others.every((term) => matches(hit, term, text) !== term.isNegated);
}

function toTerm([, minus, qualifier, value = '']: RegExpExecArray): Term {
  return { name: qualifier ?? 'text', value: value.toLowerCase(), isNegated: minus === '-' };
}

function matches(hit: Placed, { name, value }: Term, text: (hit: Placed, words: string) => boolean): boolean {
  // Commas mean "or" between labels; in a word they are part of it.
  const values = name === 'label' ? (value.match(/"[^"]*"|[^,"]+/g) ?? []) : [value];
  return values.some((one) => {
    const plain = one.replaceAll('"', '');
    return name === 'text' ? text(hit, plain) : (QUALIFIERS.get(name)?.(hit, plain) ?? true);
  });
}
