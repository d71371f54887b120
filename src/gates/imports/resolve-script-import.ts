import { directoryOf, resolvePath } from '../../domain/resolve-path.ts';
import type { PathIndex } from './source-import.ts';

/** What may be left out at the end of a specifier, by TypeScript, Node and bundlers. */
const ENDINGS = '.ts .tsx .d.ts .mts .cts .js .jsx .mjs .cjs .json .node .vue .svelte .css .scss'.split(' ');

/** What TypeScript writes as the name of the compiled file. */
const COMPILED: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\.jsx?$/, ['.ts', '.tsx', '.d.ts']],
  [/\.mjs$/, ['.mts', '.d.mts']],
  [/\.cjs$/, ['.cts', '.d.cts']],
];

/** Whether a relative specifier leads to a file. Others are not asked about: aliases and packages are for their tools. */
export function resolvesScript(files: PathIndex, from: string, specifier: string): boolean {
  const path = resolvePath(directoryOf(from), specifier.replace(/[?#].*$/, ''));
  return path !== null && [path, ...toCandidates(path)].some((candidate) => files.hasFile(candidate));
}

function toCandidates(path: string): readonly string[] {
  const compiled = COMPILED.flatMap(([ending, sources]) =>
    ending.test(path) ? sources.map((source) => path.replace(ending, source)) : [],
  );
  const directory = path === '' ? '' : `${path}/`;
  return [
    ...compiled,
    ...(path === '' ? [] : ENDINGS.map((ending) => `${path}${ending}`)),
    ...ENDINGS.map((ending) => `${directory}index${ending}`),
    `${directory}package.json`,
  ];
}
