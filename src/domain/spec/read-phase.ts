import { toPlainText } from '../markdown/to-plain-text.ts';
import { toCriterion } from './criterion.ts';
import { type Field, fieldLabel } from './field.ts';
import { readPhaseHeading } from './phase-heading.ts';
import { type Note, type PhaseNotes, readPhaseNotes } from './phase-notes.ts';
import type { PhasePart } from './phase-parts.ts';
import { readFiles } from './read-files.ts';
import { readModules } from './read-modules.ts';
import { readDependencies, readPlaceholders } from './read-scope.ts';
import { readTestCommand } from './read-test-command.ts';
import type { Phase, ReportFault } from './spec.ts';

/** A phase whose dependencies nobody has looked up yet; null ones follow from the order. */
export type DraftPhase = Omit<Phase, 'dependsOn'> & {
  readonly dependsOn: readonly { readonly number: number; readonly line: number }[] | null;
};

/** A phase as its part of the document gives it; null when it cannot be told which one it is. */
export function readPhase(part: PhasePart, section: string, report: ReportFault): DraftPhase | null {
  const heading = readPhaseHeading(part.heading);
  if (heading.kind === 'wrong') {
    report({
      line: part.line,
      what: `the heading "${toPlainText(part.heading).slice(0, 80)}" ${heading.why}`,
      remedy: 'Write `### Phase 2: What it is about`.',
    });
    return null;
  }
  const notes = readPhaseNotes(part.blocks, report);
  const need = toNeed(part.line, notes, report);
  return {
    numbers: [...heading.numbers],
    name: heading.name,
    line: part.line,
    section,
    tasks: need('tasks', 'Say in a list what is to be done.').map(({ text }) => toPlainText(text)),
    modules: readModules(
      need('modules', 'Name the parts that are built at the same time, or the only one.'),
      report,
    ),
    testCommand: readTestCommand(
      need('testCommand', 'Give the shell command whose exit code says whether the phase works.'),
      report,
    ),
    criteria: need('criteria', 'List what must hold when the phase is done.').map(({ text, line }) =>
      toCriterion(text, line),
    ),
    gotchas: notesOf(notes, 'gotchas').map(({ text }) => toPlainText(text)),
    files: readFiles(notesOf(notes, 'files'), notesOf(notes, 'tasks'), report),
    dependsOn: readDependencies(notes, report),
    placeholders: readPlaceholders(notesOf(notes, 'placeholders'), report),
  };
}

function notesOf(notes: PhaseNotes, field: Field): readonly Note[] {
  return (notes.get(field)?.notes ?? []).filter(({ text }) => text.trim() !== '');
}

/** Reads a field that a phase must have. */
function toNeed(line: number, notes: PhaseNotes, report: ReportFault) {
  return (field: Field, remedy: string): readonly Note[] => {
    const found = notesOf(notes, field);
    if (found.length === 0) {
      const label = fieldLabel(field);
      const given = notes.get(field);
      report(
        given === undefined
          ? { line, what: `this phase has no \`${label}\``, remedy }
          : { line: given.line, what: `\`${label}\` is empty`, remedy },
      );
    }
    return found;
  };
}
