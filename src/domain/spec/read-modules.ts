import { toPlainText } from '../markdown/to-plain-text.ts';
import type { Note } from './phase-notes.ts';
import type { ReportFault } from './spec.ts';

/** More agents at the same time than a phase makes sense with. */
const MAX_MODULES = 16;

/** A module names a branch and a directory, so it is a relative path of plain words. */
const MODULE = /^[A-Za-z0-9][\w-]*(?:[./][A-Za-z0-9][\w-]*)*$/;

/** The modules of a phase: in one line with commas between, or a list with an explanation behind each. */
export function readModules(notes: readonly Note[], report: ReportFault): string[] {
  const named = notes.flatMap(toNames);
  const modules: string[] = [];
  for (const { name, line } of named) {
    if (!MODULE.test(name) || name.length > 60) {
      report({
        line,
        what: `\`${name.slice(0, 80)}\` cannot be the name of a module`,
        remedy: 'Use letters, digits, hyphens and slashes, as in `grpc-service` or `packages/api`.',
      });
    } else if (modules.some((other) => other.toLowerCase() === name.toLowerCase())) {
      report({ line, what: `the module \`${name}\` is named twice`, remedy: 'Name each module once.' });
    } else {
      modules.push(name);
    }
  }
  const [first] = named;
  if (modules.length > MAX_MODULES && first !== undefined) {
    report({
      line: first.line,
      what: `the phase has ${modules.length} modules, which is more than ${MAX_MODULES}`,
      remedy: 'Make two phases of it.',
    });
  }
  return modules;
}

function toNames({ text, line, form }: Note): { readonly name: string; readonly line: number }[] {
  const plain = toPlainText(text);
  if (form === 'item') {
    // What stands behind a dash, a colon or in brackets explains the module.
    return [{ name: plain.split(/\s+[-–—(]|[:(]/)[0]?.trim() ?? '', line }];
  }
  return plain
    .split(/,\s*(?:and\s+)?|\s+and\s+/)
    .map((name) => ({ name: name.trim().replace(/\.$/, ''), line }))
    .filter(({ name }) => name !== '');
}
