import { toPlainText } from '../markdown/to-plain-text.ts';
import { fieldLabel } from './field.ts';
import type { FieldNotes, Note, PhaseNotes } from './phase-notes.ts';
import type { Phase, ReportFault } from './spec.ts';

type Dependencies = readonly { readonly number: number; readonly line: number }[];

/** Takes the numbers out of "Phase 1, 2 and 4-5"; null when there are other words. */
const LIST = /^(?:(?:on|phases?|and|\d{1,3}(?:\s*[-–—]\s*\d{1,3})?)(?:\s*[,;&]\s*|\s+|$))+$/i;
const RANGE = /(\d{1,3})(?:\s*[-–—]\s*(\d{1,3}))?/g;

/** The phases that must be done before; null when they follow from the order. None when it says that it can run in parallel. */
export function readDependencies(notes: PhaseNotes, report: ReportFault): Dependencies | null {
  const parallel = readParallel(notes.get('parallel'), report);
  const given = notes.get('dependsOn');
  if (given === undefined) {
    return parallel ? [] : null;
  }
  return given.notes.flatMap((note) => readNumbers(note, report));
}

function readNumbers({ text, line }: Note, report: ReportFault): Dependencies {
  const plain = toPlainText(text).replace(/\.$/, '');
  // A name may follow the number, as in "Phase 1 (proto)" or "Phase 1: Set-up".
  const numbers = plain.replaceAll(/\([^()]{0,200}\)|:[^,;]{0,200}/g, '').trim();
  if (/^(?:none|nothing|-|n\/a)$/i.test(numbers)) {
    return [];
  }
  if (!LIST.test(numbers)) {
    report({
      line,
      what: `\`${fieldLabel('dependsOn')}\` names no phases: "${plain.slice(0, 80)}"`,
      remedy: 'Write the numbers, as in `Depends on: Phase 1, Phase 3`, or `none`.',
    });
    return [];
  }
  return [...numbers.matchAll(RANGE)].flatMap(([, from, to]) => {
    const first = Number(from);
    const length = to === undefined ? 1 : Math.max(0, Number(to) - first + 1);
    return Array.from({ length }, (_, index) => ({ number: first + index, line }));
  });
}

function readParallel(given: FieldNotes | undefined, report: ReportFault): boolean {
  const [note] = given?.notes ?? [];
  if (given === undefined) {
    return false;
  }
  const word = toPlainText(note?.text ?? '').toLowerCase();
  if (/^(?:yes|true)\b/.test(word)) {
    return true;
  }
  if (!/^(?:no|false)\b/.test(word)) {
    report({
      line: given.line,
      what: `\`${fieldLabel('parallel')}\` is neither yes nor no`,
      remedy: 'Write `yes` when the phase needs no other one, else `no` or `Depends on:`.',
    });
  }
  return false;
}

/** Whether unfinished places may be left. */
export function readPlaceholders(notes: readonly Note[], report: ReportFault): Phase['placeholders'] {
  const [note] = notes;
  if (note === undefined) {
    return 'none';
  }
  const word = toPlainText(note.text).toLowerCase();
  if (/^(?:allowed|yes)\b/.test(word)) {
    return 'allowed';
  }
  if (!/^(?:none|no|forbidden)\b/.test(word)) {
    report({
      line: note.line,
      what: `\`${fieldLabel('placeholders')}\` is neither allowed nor none`,
      remedy: 'Write `Placeholders: allowed` when a later phase finishes what this one leaves open.',
    });
  }
  return 'none';
}
