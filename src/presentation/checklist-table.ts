import type { AnsweredChecklist, AnsweredItem } from '../domain/answered-checklist.ts';
import { code } from './fence.ts';
import { inline } from './inline.ts';

/** More would leave no room for the rest; a checklist has about a dozen. */
const MAX_ROWS = 40;
const MAX_REFERENCES = 4;
const MAX_REFERENCE = 120;
const MAX_NOTE = 200;

const WORDS: Readonly<Record<AnsweredItem['answer'], string>> = {
  yes: '✅ yes',
  no: '❌ no',
  'not-applicable': '➖ not applicable',
  present: '❌ present',
  absent: '✅ absent',
};

/** What each reviewer answered: item, answer, and what it rests on. Several are told apart by their steps. */
export function checklistTables(checklists: readonly AnsweredChecklist[]): string {
  return checklists
    .map((checklist) => {
      const heading = `**${inline(checklist.step, 80)}** (${checklist.verdict}):\n\n`;
      return `${checklists.length === 1 ? '' : heading}${toTable(checklist)}`;
    })
    .join('\n\n');
}

function toTable({ items }: AnsweredChecklist): string {
  const rows = items.slice(0, MAX_ROWS).map(toRow);
  return ['| Item | Answer | Evidence |', '|---|---|---|', ...rows].join('\n');
}

/** The answers in one line: how many hold, and how many triggers are present, as `must 5 of 5, should 3 of 4, triggers 0 of 4`. */
export function countAnswers(checklists: readonly AnsweredChecklist[]): string {
  const items = checklists.flatMap((checklist) => checklist.items);
  return [count(items, 'must', 'must'), count(items, 'should', 'should'), count(items, 'trigger', 'triggers')]
    .filter((part) => part !== '')
    .join(', ');
}

function count(items: readonly AnsweredItem[], group: AnsweredItem['group'], what: string): string {
  const own = items.filter((item) => item.group === group);
  const counted = own.filter(group === 'trigger' ? ({ answer }) => answer === 'present' : holds);
  return own.length === 0 ? '' : `${what} ${counted.length} of ${own.length}`;
}

function holds({ answer, fault }: AnsweredItem): boolean {
  return answer !== 'no' && fault === undefined;
}

function toRow(item: AnsweredItem): string {
  return `| ${code(item.id)} | ${toAnswer(item)} | ${toGrounds(item)} |`;
}

function toAnswer({ group, answer, fault }: AnsweredItem): string {
  if (fault !== undefined && (answer === 'yes' || answer === 'not-applicable')) {
    return '⚠️ not shown';
  }
  return group === 'should' && answer === 'no' ? '⚠️ no' : WORDS[answer];
}

/** What was looked up is shown as places; what is not there with the reason. */
function toGrounds({ evidence, note, fault }: AnsweredItem): string {
  const grounds = fault === undefined ? toPlaces(evidence) : inline(fault, MAX_NOTE);
  return [grounds, note === undefined ? '' : inline(note, MAX_NOTE)].filter((part) => part !== '').join(' ');
}

function toPlaces(evidence: readonly string[]): string {
  const shown = evidence.slice(0, MAX_REFERENCES).map((text) => code(text.slice(0, MAX_REFERENCE)));
  const left = evidence.length - shown.length;
  return [...shown, ...(left > 0 ? [`and ${left} more`] : [])].join(' ');
}
