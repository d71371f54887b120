import { editDistance } from '../edit-distance.ts';

/** What a phase says of itself, by the words people use for it. */
const LABELS = {
  modules: ['modules', 'components'],
  testCommand: ['test command', 'test commands', 'validation command', 'validation commands'],
  criteria: ['success criteria', 'success criterion', 'acceptance criteria', 'done when'],
  gotchas: ['gotchas', 'pitfalls', 'watch out for'],
  dependsOn: ['depends on', 'dependencies', 'dependency'],
  parallel: ['parallelizable', 'parallelisable', 'parallel', 'can run in parallel'],
  placeholders: ['placeholders', 'phased work'],
  files: ['files'],
  tasks: ['tasks'],
} as const satisfies Record<string, readonly string[]>;

export type Field = keyof typeof LABELS;

/** The word that is written for a field where people are told of it. */
export function fieldLabel(field: Field): string {
  const [label] = LABELS[field];
  return label.replaceAll(/\b[a-z]/g, (letter) => letter.toUpperCase());
}

/** What stands before the colon of a line, or in a heading. */
export type Label =
  | { readonly kind: 'field'; readonly field: Field; readonly value: string }
  /** Nearly the name of a field: perhaps meant as one. */
  | { readonly kind: 'misspelt'; readonly word: string; readonly meant: Field }
  | { readonly kind: 'none' };

const NONE: Label = { kind: 'none' };
const LABELLED = /^\s*[*_]{0,3}([^:*_`]{1,40})[*_]{0,3}\s*:[*_]{0,3}\s*(.*)$/s;

/** Reads `Label: value`, also with a bold label. The value is left as it was written. */
export function readLabelled(line: string): Label {
  const [, label, value] = LABELLED.exec(line) ?? [];
  return label === undefined ? NONE : toLabel(label, (value ?? '').trim());
}

/** Reads a heading that may be a label. */
export function readHeadingLabel(text: string): Label {
  const labelled = readLabelled(text);
  return labelled.kind === 'none' ? toLabel(text.replaceAll(/[*_:]/g, ''), '') : labelled;
}

function toLabel(written: string, value: string): Label {
  const word = written.trim().toLowerCase();
  const fields = Object.keys(LABELS).filter(isField);
  const field = fields.find((name) => LABELS[name].some((label) => label === word));
  if (field !== undefined) {
    return { kind: 'field', field, value };
  }
  const meant = fields.find((name) => LABELS[name].some((label) => isNear(label, word)));
  return meant === undefined ? NONE : { kind: 'misspelt', word: written.trim(), meant };
}

function isField(name: string): name is Field {
  return Object.hasOwn(LABELS, name);
}

/** Short words are near to too many others. */
function isNear(label: string, word: string): boolean {
  return label.length > 6 && Math.abs(label.length - word.length) <= 2 && editDistance(label, word) <= 2;
}
