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

/** Also behind a sign, such as a tick, and before a remark in brackets. */
const TITLE =
  /^[^\p{L}\p{N}]*(?:\d+\.?\s+)?(?:acceptance (?:criteria|criterion)|acs?|definition of done|done when)(?:\s*\([^()]{0,60}\))?\s*:?$/iu;
/** A paragraph that is another title, where titles are bold. */
const BOLD_TITLE = /^\*\*[^*]+\*\*:?$/;
/** What stands where nobody has written any; the first is GitHub's, for a field of an issue form. */
const NOTHING = /^(?:no response|to be (?:written|done|defined|discussed)|tbd|todo|none(?: yet)?|n\/?a)\.?$/i;
/** A number that the author has given, as in `AC-2: ...`. */
const NUMBER = /^\(?ac[- ]?(\d{1,3})\)?\s*[:.)–-]*\s+/i;

/**
 * The acceptance criteria of a ticket: those under a heading or label `Acceptance criteria`; without any, its scenarios
 * in `Given ... When ... Then ...`; without those and the heading, its task list. Only what a reader sees counts. Empty
 * when there are none.
 */
export function readAcceptanceCriteria(markdown: string): readonly AcceptanceCriterion[] {
  const blocks = readMarkdown(stripHidden(markdown).text);
  const section = findSection(blocks);
  const own = section === null ? [] : readSection(section);
  const texts = own.length > 0 ? own : readLoose(blocks, section !== null);
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

/** The blocks below the title of the criteria, until the next heading that is not below it; null without such a title. */
function findSection(blocks: readonly Block[]): readonly Block[] | null {
  const start = blocks.findIndex((block) => isTitle(block));
  const title = blocks[start];
  if (title === undefined) {
    return null;
  }
  const rest = blocks.slice(start + 1);
  const end = rest.findIndex((block) => isNextTitle(block, title));
  return [...behindTitle(title), ...(end === -1 ? rest : rest.slice(0, end))];
}

/** A heading, or the first line of a paragraph. */
function isTitle(block: Block): boolean {
  const [first = ''] = block.kind === 'heading' || block.kind === 'paragraph' ? block.text.split('\n') : [];
  return TITLE.test(toPlainText(first));
}

function isNextTitle(block: Block, title: Block): boolean {
  if (block.kind === 'heading') {
    return title.kind !== 'heading' || block.depth <= title.depth;
  }
  const isBold = title.kind === 'paragraph' && block.kind === 'paragraph' && BOLD_TITLE.test(block.text);
  return isBold && !NUMBER.test(toPlainText(block.text));
}

/** The further lines of a paragraph that begins with the title. */
function behindTitle(title: Block): readonly Block[] {
  const [, ...lines] = title.kind === 'paragraph' ? title.text.split('\n') : [];
  return title.kind === 'paragraph' && lines.length > 0 ? [{ ...title, text: lines.join('\n') }] : [];
}

function readSection(section: readonly Block[]): readonly string[] {
  const marked = section.flatMap(readAll);
  return marked.length > 0 ? marked : section.flatMap(readLines);
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

/** Of a section without any of these: each line, as GitHub shows them. One that begins in lower case goes on. */
function readLines(block: Block): readonly string[] {
  const lines = block.kind === 'paragraph' ? block.text.split('\n') : [];
  const joined = lines.reduce<readonly string[]>(
    (found, line) =>
      /^\s*\p{Ll}/u.test(line) && found.length > 0
        ? [...found.slice(0, -1), `${found.at(-1)} ${line}`]
        : [...found, line],
    [],
  );
  return joined.map(toPlainText).filter((text) => !text.endsWith(':') && !NOTHING.test(text));
}

/**
 * Of a ticket that names no section, or has nothing in it. Boxes beside a section that was left empty are other fields of a
 * form, such as what its author agrees to.
 */
function readLoose(blocks: readonly Block[], hasSection: boolean): readonly string[] {
  const scenarios = blocks.flatMap(readScenarios);
  return scenarios.length > 0 || hasSection ? scenarios : blocks.flatMap(readTasks);
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
