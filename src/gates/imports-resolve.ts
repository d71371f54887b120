import picomatch from 'picomatch';
import { z } from 'zod';
import type { ChangedFile, Evidence } from '../domain/evidence.ts';
import type { Finding } from '../domain/finding.ts';
import { defineGate } from '../domain/gate.ts';
import { directoryOf, resolvePath } from '../domain/resolve-path.ts';
import { readPythonImports } from './imports/read-python-imports.ts';
import { readScriptImports } from './imports/read-script-imports.ts';
import { resolvesPython } from './imports/resolve-python-import.ts';
import { resolvesScript } from './imports/resolve-script-import.ts';
import { type PathIndex, type SourceImport, toPathIndex } from './imports/source-import.ts';

const SCRIPT = /\.[cm]?[jt]sx?$/;
const PYTHON = /\.pyi?$/;

/** Of what a build makes, the repository has no files. */
const BUILT = [
  '**/{dist,build,out,generated,gen,__generated__,node_modules,.next,.nuxt,.svelte-kit}/**',
  '**/*_pb2{,_grpc}',
  '**/*_version',
];

const MAX_BYTES = 1_000_000;
/** Files that are read when the change has taken one away: others may still ask for it. */
const MAX_FILES = 2_000;
const MAX_FINDINGS = 50;

const options = z.strictObject({
  allow: z
    .array(z.string().min(1))
    .default(BUILT)
    .describe('Globs of imports, as paths from the root, that a build provides.'),
});

/** Judges what can be known without running anything: that the files of the repository find each other. */
export const gate = defineGate({
  name: 'imports-resolve',
  summary:
    'Fails JavaScript, TypeScript and Python that imports a file of the repository which is not there.',
  options,
  async judge(evidence, { allow }) {
    const change = await readChange(evidence);
    const isAllowed = picomatch([...allow], { dot: true });
    const findings: Finding[] = [];
    for (const path of change.read) {
      for (const one of await readImports(evidence, path)) {
        if (change.breaks(path, one) && !isAllowed(toTarget(path, one.specifier))) {
          findings.push(toFinding(path, one));
        }
      }
    }
    if (findings.length > 0) {
      const summary = `${findings.length} import(s) lead to files that are not there.`;
      return { kind: 'fail', summary, findings: findings.slice(0, MAX_FINDINGS) };
    }
    return change.read.length === 0
      ? { kind: 'skip', summary: 'No JavaScript, TypeScript or Python has changed.' }
      : {
          kind: 'pass',
          summary: `Every import of a file of the repository leads to one (read: ${change.read.length}).`,
        };
  },
});

interface Change {
  /** The files whose imports are read. */
  readonly read: readonly string[];
  /** Whether it is this change's fault that an import leads nowhere. */
  breaks(path: string, one: SourceImport): boolean;
}

/** What led nowhere before, and was not touched, is not this change's fault. */
async function readChange(evidence: Evidence): Promise<Change> {
  const [changed, paths, lines] = [
    await evidence.changedFiles(),
    await evidence.paths(),
    await evidence.addedLines(),
  ];
  const moved = new Set(changed.flatMap(({ path, status }) => (isNew(status) ? [path] : [])));
  const lost = changed.flatMap(({ path, from, status }) => (status === 'deleted' ? [path] : (from ?? [])));
  const head = toPathIndex(paths);
  const base = toPathIndex([...paths.filter((path) => !moved.has(path)), ...lost]);
  const added = new Set(lines.map(({ path, line }) => `${line}:${path}`));
  const own = new Set(changed.map(({ path }) => path));
  const sources = paths.filter(isSource);
  const all = lost.some(isSource) && sources.length <= MAX_FILES;
  return {
    read: all ? sources : sources.filter((path) => own.has(path)),
    breaks: (path, { specifier, line }) =>
      !resolves(head, path, specifier) &&
      (moved.has(path) || added.has(`${line}:${path}`) || resolves(base, path, specifier)),
  };
}

function isNew(status: ChangedFile['status']): boolean {
  return status === 'added' || status === 'renamed';
}

function isSource(path: string): boolean {
  return SCRIPT.test(path) || PYTHON.test(path);
}

/** None of a file that cannot be read: whether it can be is for its compiler to say. */
async function readImports(evidence: Evidence, path: string): Promise<readonly SourceImport[]> {
  const bytes = await evidence.readFile('head', path);
  if (bytes === null || bytes.length > MAX_BYTES) {
    return [];
  }
  const text = new TextDecoder().decode(bytes);
  return PYTHON.test(path) ? readPythonImports(text) : ((await readScriptImports(path, text)) ?? []);
}

function resolves(files: PathIndex, path: string, specifier: string): boolean {
  if (PYTHON.test(path)) {
    return resolvesPython(files, path, specifier);
  }
  return !/^\.{1,2}(?:\/|$)/.test(specifier) || resolvesScript(files, path, specifier);
}

/** The path that is asked for, for globs. */
function toTarget(path: string, specifier: string): string {
  if (!PYTHON.test(path)) {
    return resolvePath(directoryOf(path), specifier) ?? specifier;
  }
  const [, dots = '', name = ''] = /^(\.*)(.*)$/.exec(specifier) ?? [];
  const module = name.replaceAll('.', '/');
  const up = '../'.repeat(Math.max(0, dots.length - 1));
  return dots === '' ? module : (resolvePath(directoryOf(path), `${up}${module}`) ?? module);
}

function toFinding(path: string, { specifier, line }: SourceImport): Finding {
  const message = `\`${specifier}\` leads to no file of the repository. Add the file, or mend the import.`;
  return { path, line, message, severity: 'error' };
}
