import { z } from 'zod';
import { readScenarios } from './acceptance/read-scenarios.ts';
import type { Block, ListItem } from './markdown/block.ts';
import { readMarkdown } from './markdown/read-markdown.ts';
import { toPlainText } from './markdown/to-plain-text.ts';
import { stripHidden } from './strip-hidden.ts';

/** One thing that must hold when the work is done, as the ticket says it. */
export const acceptanceCriterionSchema = z.object({
  /** `AC1`, `AC2`, ... */
  id: z.string().regex(/^AC\d{1,3}$/),
  text: z.string().min(1).max(500),
});
export type AcceptanceCriterion = z.infer<typeof acceptanceCriterionSchema>;

const MAX_CRITERIA = 100;
const MAX_LENGTH = 500;

const TITLE = /^(?:\d+\.?\s+)?(?:acceptance (?:criteria|criterion)|acs?|definition of done|done when)\s*:?$/i;
/** A number that the author has given, as in `AC-2: ...`. */
const NUMBER = /^\(?ac[- ]?(\d{1,3})\)?\s*[:.)–-]*\s+/i;

/**
 * The acceptance criteria of a ticket: those under a heading or label `Acceptance criteria`; without one, its scenarios
 * in `Given ... When ... Then ...`; without those, its task list. Only what a reader sees counts. Empty when there are none.
 */
export function readAcceptanceCriteria(markdown: string): readonly AcceptanceCriterion[] {
  const blocks = readMarkdown(stripHidden(markdown).text);
  const section = findSection(blocks);
  const texts = section.length > 0 ? section.flatMap(readAll) : readLoose(blocks);
  return number(texts.map((text) => text.trim()).filter((text) => text !== ''));
}

/** What somebody answered who was asked for them: the usual forms, or one line with semicolons between them. */
export function readAnsweredCriteria(answer: string): readonly AcceptanceCriterion[] {
  const formal = readAcceptanceCriteria(answer);
  return formal.length > 0 ? formal : number(answer.split(';').map(toPlainText).filter(Boolean));
}

/** The criteria, one a line, for people and agents. */
export function criteriaLines(criteria: readonly AcceptanceCriterion[]): string {
  return criteria.map(({ id, text }) => `- ${id}: ${text}`).join('\n');
}

/** The blocks below the title of the criteria, until the next heading that is not below it. */
function findSection(blocks: readonly Block[]): readonly Block[] {
  const start = blocks.findIndex((block) => isTitle(block));
  const title = blocks[start];
  if (title === undefined) {
    return [];
  }
  const depth = title.kind === 'heading' ? title.depth : 6;
  const rest = blocks.slice(start + 1);
  const end = rest.findIndex((block) => block.kind === 'heading' && block.depth <= depth);
  return end === -1 ? rest : rest.slice(0, end);
}

function isTitle(block: Block): boolean {
  return (block.kind === 'heading' || block.kind === 'paragraph') && TITLE.test(toPlainText(block.text));
}

/** Of a section: scenarios, the items of lists, the first cells of tables; prose says what they are about. */
function readAll(block: Block): readonly string[] {
  const scenarios = readScenarios(block);
  if (scenarios.length > 0) {
    return scenarios;
  }
  if (block.kind === 'list') {
    return block.items.map(toText);
  }
  return block.kind === 'table'
    ? block.rows.map(({ cells }) => cells.map(toPlainText).filter(Boolean).join(': '))
    : [];
}

/** Of a ticket that names no section. */
function readLoose(blocks: readonly Block[]): readonly string[] {
  const scenarios = blocks.flatMap(readScenarios);
  return scenarios.length > 0 ? scenarios : blocks.flatMap(readTasks);
}

function readTasks(block: Block): readonly string[] {
  return block.kind === 'list' ? block.items.filter(({ task }) => task !== null).map(toText) : [];
}

/** An item with what stands below it, in one line. */
function toText({ text, blocks }: ListItem): string {
  const below = blocks.flatMap((block) => (block.kind === 'list' ? block.items.map(toText) : []));
  const rest = blocks.flatMap((block) => (block.kind === 'paragraph' ? [toPlainText(block.text)] : []));
  return [toPlainText(text), ...rest, below.join('; ')].filter(Boolean).join(' ');
}

/** Their authors' numbers when each has one of its own, else their order. */
function number(texts: readonly string[]): readonly AcceptanceCriterion[] {
  const kept = texts.slice(0, MAX_CRITERIA);
  const given = kept.map((text) => NUMBER.exec(text)?.[1]);
  const own = new Set(given.map(Number));
  const isOwn = own.size === kept.length && !given.includes(undefined);
  return kept.map((text, index) => ({
    id: `AC${isOwn ? Number(given[index]) : index + 1}`,
    text: text.replace(NUMBER, '').slice(0, MAX_LENGTH) || text.slice(0, MAX_LENGTH),
  }));
}
