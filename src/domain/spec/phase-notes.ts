import type { Block, List, ListItem } from '../markdown/block.ts';
import { type Field, fieldLabel, type Label, readHeadingLabel, readLabelled } from './field.ts';
import type { ReportFault } from './spec.ts';

/** One thing said under a field: inline Markdown, or the text of a code block. */
export interface Note {
  readonly text: string;
  readonly line: number;
  readonly form: 'value' | 'item' | 'code';
}

/** A field as a phase gives it. */
export interface FieldNotes {
  readonly line: number;
  readonly notes: Note[];
}

/** What a phase says, by field. What stands under no field in a list is a task. */
export type PhaseNotes = ReadonlyMap<Field, FieldNotes>;

interface Collection {
  readonly fields: Map<Field, FieldNotes>;
  readonly report: ReportFault;
  /** The field that the next block belongs to, as long as it is not complete. */
  open: FieldNotes | null;
}

/** Sorts the blocks of a phase by the fields they belong to. */
export function readPhaseNotes(blocks: readonly Block[], report: ReportFault): PhaseNotes {
  const collection: Collection = { fields: new Map(), report, open: null };
  for (const block of blocks) {
    addBlock(collection, block);
  }
  return collection.fields;
}

function addBlock(collection: Collection, block: Block): void {
  switch (block.kind) {
    case 'paragraph':
      addLines(collection, block);
      return;
    case 'heading':
      collection.open = null;
      take(collection, readHeadingLabel(block.text), block.line);
      return;
    case 'list':
      addList(collection, block);
      return;
    case 'code':
      collection.open?.notes.push({ text: block.text, line: block.line, form: 'code' });
      collection.open = null;
      return;
    case 'html':
    case 'quote':
    case 'table':
      collection.open = null;
  }
}

/** Each line of a paragraph may be a field; what follows a field's empty value in the next lines belongs to it. */
function addLines(collection: Collection, { text, line }: Block & { kind: 'paragraph' }): void {
  for (const [index, words] of text.split('\n').entries()) {
    const at = line + index;
    if (!take(collection, readLabelled(words), at)) {
      collection.open?.notes.push({ text: words, line: at, form: 'value' });
    }
  }
  if (collection.open !== null && collection.open.notes.length > 0) {
    collection.open = null;
  }
}

function addList(collection: Collection, list: List): void {
  const { open } = collection;
  for (const item of list.items) {
    if (take(collection, readLabelled(item.text), item.line)) {
      addInner(collection, item);
    } else {
      noteItem(open ?? openTasks(collection, list.line), item);
    }
  }
  collection.open = null;
}

/** A field in a list has what stands below it in its item. */
function addInner(collection: Collection, item: ListItem): void {
  for (const block of item.blocks) {
    addBlock(collection, block);
  }
  collection.open = null;
}

/** An item counts with all that stands below it. */
function noteItem(field: FieldNotes, item: ListItem): void {
  field.notes.push({ text: item.text, line: item.line, form: 'item' });
  for (const block of item.blocks) {
    if (block.kind === 'list') {
      for (const inner of block.items) {
        noteItem(field, inner);
      }
    }
  }
}

function openTasks({ fields }: Collection, line: number): FieldNotes {
  const tasks = fields.get('tasks') ?? { line, notes: [] };
  fields.set('tasks', tasks);
  return tasks;
}

/** Whether it was a field. */
function take(collection: Collection, label: Label, line: number): boolean {
  if (label.kind === 'misspelt') {
    collection.report({
      line,
      what: `\`${label.word}\` is not something a phase has`,
      remedy: `If you mean \`${fieldLabel(label.meant)}:\`, write it so; otherwise use another word.`,
    });
  }
  if (label.kind !== 'field') {
    return label.kind === 'misspelt';
  }
  const { field, value } = label;
  if (collection.fields.has(field) && field !== 'tasks') {
    collection.report({
      line,
      what: `\`${fieldLabel(field)}\` stands here for the second time in this phase`,
      remedy: 'Join the two, so that it is clear which counts.',
    });
  }
  const notes: Note[] = value === '' ? [] : [{ text: value, line, form: 'value' }];
  const given = { line, notes };
  collection.fields.set(field, given);
  collection.open = given;
  return true;
}
