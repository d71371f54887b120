import { type IssueType, issueTypeSchema } from './issue-type.ts';
import { type Contender, findHits, type Hit } from './triage/find-hits.ts';
import type { Strength } from './triage/signal.ts';
import { toProse } from './triage/to-prose.ts';
import { toWords } from './triage/to-words.ts';

/** What the words of an issue say about its type. */
export interface RuleTriage {
  readonly type: IssueType;
  /** From 0 to 1, but never 1: words are no proof. */
  readonly confidence: number;
  /** What was found, in words that a maintainer understands. Holds no text of the issue but the words looked for. */
  readonly reasons: readonly string[];
}

/** What somebody writes first counts for more than what stands somewhere below. */
const WEIGHTS: Readonly<Record<'title' | 'text', Readonly<Record<Strength, number>>>> = {
  title: { clear: 8, likely: 4, hint: 2 },
  text: { clear: 4, likely: 2, hint: 1 },
};

/** A long text mentions much in passing. */
const MOST_OF_A_TEXT = 8;

/** Less than this is no reason to begin anything. */
const LEAST = 5;

/** The runner-up must have half of it at most: the wrong workflow costs more than a question. */
const LEAD = 2;

const MOST_CONFIDENCE = 0.95;
const FULL_SCORE = 10;
const MOST_REASONS = 5;
const MAX_TITLE = 400;

/** What speaks for one type, and how much. */
interface Standing {
  readonly contender: Contender;
  readonly score: number;
  readonly findings: readonly Finding[];
}

interface Finding {
  readonly place: 'title' | 'text';
  readonly weight: number;
  readonly hit: Hit;
}

/**
 * The type of an issue by its title and body, from fixed phrases: the same words always give the same answer. Null when
 * nothing is clear. Takes time in proportion to the length, of which only the beginning is looked at.
 */
export function triageByRules(issue: { readonly title: string; readonly body: string }): RuleTriage | null {
  const title = findHits(toWords(toProse(issue.title.slice(0, MAX_TITLE))));
  const text = findHits(toWords(toProse(issue.body)));
  const [best, next] = ([...issueTypeSchema.options, 'other'] as const)
    .map((contender) => toStanding(contender, { title, text }))
    .toSorted((one, other) => other.score - one.score);
  if (best === undefined || best.contender === 'other' || best.score < LEAST || !isSupported(best)) {
    return null;
  }
  const second = next?.score ?? 0;
  if (second * LEAD > best.score) {
    return null;
  }
  return {
    type: best.contender,
    confidence: Math.min(MOST_CONFIDENCE, (best.score - second) / FULL_SCORE),
    reasons: toReasons(best.findings.slice(0, MOST_REASONS)),
  };
}

/** One for each place, that of the strongest finding first. */
function toReasons(findings: readonly Finding[]): readonly string[] {
  const byPlace = Map.groupBy(findings, ({ place }) => place);
  return [...byPlace].map(
    ([place, found]) => `the ${place} says ${found.map(({ hit }) => `'${hit.shown}'`).join(' and ')}`,
  );
}

function toStanding(
  contender: Contender,
  hits: { readonly title: readonly Hit[]; readonly text: readonly Hit[] },
): Standing {
  const title = toFindings('title', ofContender(hits.title, contender));
  const text = toFindings('text', ofContender(hits.text, contender));
  return {
    contender,
    score: sum(title) + Math.min(MOST_OF_A_TEXT, sum(text)),
    findings: [...title, ...text].toSorted((one, other) => other.weight - one.weight),
  };
}

function ofContender(hits: readonly Hit[], contender: Contender): readonly Hit[] {
  return hits.filter((hit) => hit.contender === contender);
}

/** The strongest first. A word speaks once: 'slow' counts for nothing more where 'slow query' was found. */
function toFindings(place: 'title' | 'text', hits: readonly Hit[]): readonly Finding[] {
  const spoken = new Set<number>();
  return hits
    .map((hit) => ({ place, weight: WEIGHTS[place][hit.strength], hit }))
    .toSorted((one, other) => other.weight - one.weight || other.hit.at.length - one.hit.at.length)
    .filter(({ hit }) => {
      const isNew = !hit.at.some((word) => spoken.has(word));
      for (const word of isNew ? hit.at : []) {
        spoken.add(word);
      }
      return isNew;
    });
}

/** One word alone has too many meanings: there must be a phrase of several, or two findings. */
function isSupported({ findings }: Standing): boolean {
  return findings.length > 1 || findings.some(({ hit }) => hit.at.length > 1);
}

function sum(findings: readonly Finding[]): number {
  return findings.reduce((total, { weight }) => total + weight, 0);
}
