import type { Block } from '../markdown/block.ts';
import { readMarkdown } from '../markdown/read-markdown.ts';
import { type Section, sectionOf } from '../markdown/section-of.ts';
import { toPlainText } from '../markdown/to-plain-text.ts';
import { type Entry, readEntries } from './entry.ts';
import { isLeftOpen } from './is-left-open.ts';
import { readThreats, type Threat } from './read-threats.ts';

/** A section of a plan that lists something. */
export interface PlanPart {
  /** Where its heading is, from 1. */
  readonly line: number;
  readonly entries: readonly Entry[];
  /** It says in words that there is nothing to list. */
  readonly isNone: boolean;
}

/** What a plan says, as far as a tool can tell. A part is null when its section is not there. */
export interface Plan {
  /** What is configured and what is written in code, and why. */
  readonly decisions: PlanPart | null;
  /** What others may call: as in `createOrder(input)` or `POST /orders`. */
  readonly interfaces: PlanPart | null;
  /** Paths. */
  readonly files: PlanPart | null;
  /** What is worth protecting. */
  readonly assets: PlanPart | null;
  readonly threats: { readonly line: number; readonly entries: readonly Threat[] } | null;
}

const TITLES = {
  decisions: /\b(?:config(?:uration)?|settings?)\b.{0,12}\bcode\b|\bcode\b.{0,12}\bconfig(?:uration)?\b/i,
  interfaces: /^(?:\d+\.?\s+)?(?:public )?(?:interfaces?|apis?)\b/i,
  files: /^(?:\d+\.?\s+)?(?:planned |changed |new )?files\b/i,
  assets: /^(?:\d+\.?\s+)?assets?\b/i,
  threats: /^(?:\d+\.?\s+)?(?:mini[- ])?threats?\b/i,
} as const;

const NONE = /^(?:none|nothing|n\/a|not applicable|no (?:new |public |other ){0,3}\w+)\b/i;

/** Reads a plan by its headings. */
export function readPlan(markdown: string): Plan {
  const blocks = readMarkdown(markdown);
  const assets = listOf(sectionOf(blocks, TITLES.assets));
  const threats = sectionOf(blocks, TITLES.threats);
  // Assets may be listed in the same section, and are no threats to themselves.
  const rows = threats?.blocks.filter((block) => !(assets?.blocks ?? []).includes(block)) ?? [];
  return {
    decisions: toPart(sectionOf(blocks, TITLES.decisions)),
    interfaces: toPart(sectionOf(blocks, TITLES.interfaces), readSpans),
    files: toPart(sectionOf(blocks, TITLES.files)),
    assets: toPart(assets),
    threats: threats === null ? null : { line: threats.line, entries: rows.flatMap(readThreats) },
  };
}

/** Of a section with lists and tables, what is listed; a table below it is about something else. */
function listOf(section: Section | null): Section | null {
  const lists = section?.blocks.filter(({ kind }) => kind === 'list') ?? [];
  return section === null || lists.length === 0 ? section : { ...section, blocks: lists };
}

function toPart(
  section: Section | null,
  readMore: (block: Block, group: string) => readonly Entry[] = () => [],
): PlanPart | null {
  if (section === null) {
    return null;
  }
  let group = '';
  const entries = section.blocks.flatMap((block) => {
    group = block.kind === 'heading' ? toPlainText(block.text) : group;
    return [...readEntries(block, group), ...readMore(block, group)];
  });
  const prose = section.blocks.flatMap((block) =>
    block.kind === 'paragraph' ? [toPlainText(block.text)] : [],
  );
  return {
    line: section.line,
    entries: entries.filter(({ text }) => !NONE.test(text) && !isLeftOpen(text)),
    isNone: [...prose, ...entries.map(({ text }) => text)].some((text) => NONE.test(text)),
  };
}

const SPAN = /`([^`\n]{1,300})`/g;
const MAX_LEAD = 100;

/** Interfaces are also described in prose and in blocks of code. */
function readSpans(block: Block, group: string): readonly Entry[] {
  if (block.kind === 'code') {
    const text = block.text.trim().split('\n')[0] ?? '';
    return text === '' ? [] : [{ text: text.slice(0, 300), note: '', group, line: block.line }];
  }
  return block.kind === 'paragraph'
    ? Array.from(block.text.matchAll(SPAN), ({ 1: text = '', index }) => {
        const note = block.text.slice(Math.max(0, index - MAX_LEAD), index).trim();
        return { text, note, group, line: block.line, isProse: true };
      })
    : [];
}
