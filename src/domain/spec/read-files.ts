import { toPlainText } from '../markdown/to-plain-text.ts';
import { isPath } from './criterion.ts';
import type { Note } from './phase-notes.ts';
import type { ReportFault } from './spec.ts';

const CODE_SPAN = /`([^`\n]{1,300})`/g;
/** Of what a task puts in code, only what ends like a file is one: `api/v1` may be an address, `a.b` a property. */
const FILE = /\/[^/]+\.[a-z]\w{0,9}$/i;

/** Files that must be there: those of a `Files:` field, and paths that tasks put in code. */
export function readFiles(named: readonly Note[], tasks: readonly Note[], report: ReportFault): string[] {
  const listed = named.flatMap((note) => readListed(note, report));
  const mentioned = tasks
    .flatMap(({ text }) => [...text.matchAll(CODE_SPAN)].map(([, span]) => span?.trim() ?? ''))
    .filter((span) => FILE.test(span) && isPath(span));
  return [...new Set([...listed, ...mentioned])];
}

function readListed({ text, line, form }: Note, report: ReportFault): string[] {
  const plain = toPlainText(form === 'item' ? (text.split(/\s+[-–—]\s/)[0] ?? '') : text);
  const words = plain.split(/[,\s]+/).filter((word) => word !== '' && word !== 'and');
  const wrong = words.find((word) => !isPath(word) && !/^[\w.-]+$/.test(word));
  if (wrong !== undefined) {
    report({
      line,
      what: `\`${wrong.slice(0, 80)}\` is no path in the repository`,
      remedy: 'List paths from the top of the repository, separated by commas.',
    });
  }
  return words;
}
