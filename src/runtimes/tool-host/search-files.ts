import { relative } from 'node:path';
import type { ToolInputs } from './protocol.ts';
import { resolveExisting } from './resolve-path.ts';
import { runProgram } from './run-program.ts';

const SEARCH_MS = 30_000;
const MOST_HITS = 200;
const MOST_IN_HIT = 300;

/** In a process of its own, so that an expression which takes for ever takes nothing else with it. */
export async function searchFiles(root: string, input: ToolInputs['search']): Promise<string> {
  const place = relative(root, await resolveExisting(root, input.path ?? '.')) || '.';
  const files = input.files === undefined ? [] : [`--include=${input.files}`];
  const skipped = ['--exclude-dir=node_modules', '--exclude-dir=.git'];
  const end = await runProgram(['grep', '-rnsIE', ...skipped, ...files, '-e', input.pattern, '--', place], {
    cwd: root,
    timeoutMs: SEARCH_MS,
  });
  if (end.timedOut) {
    throw new Error('The search took too long; make the expression simpler or name a directory.');
  }
  if (end.output === '') {
    return '(nothing found)';
  }
  // It also ends like this when there was a file that it could not read.
  if (end.code === 2 && end.output.startsWith('grep: ')) {
    throw new Error(end.output.slice(0, 1000));
  }
  return toHits(end.output.trimEnd().split('\n'));
}

function toHits(lines: readonly string[]): string {
  const shown = lines
    .slice(0, MOST_HITS)
    .map((line) =>
      (line.length <= MOST_IN_HIT ? line : `${line.slice(0, MOST_IN_HIT)} [...]`).replace(/^\.\//, ''),
    );
  const more = lines.length > MOST_HITS ? ['(there are more; make the expression narrower)'] : [];
  return [...shown, ...more].join('\n');
}
