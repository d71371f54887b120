import picomatch from 'picomatch';
import type { Evidence } from '../../domain/evidence.ts';
import type { Finding } from '../../domain/finding.ts';
import { readText } from '../parts/read-text.ts';
import { readPython } from './read-python.ts';
import { readScript } from './read-script.ts';
import type { SourceFacts, Stretch } from './source-facts.ts';

/** The languages that are read, by the endings of their files. */
const LANGUAGES = [
  { ending: /\.[cm]?[jt]sx?$/, read: readScript },
  { ending: /\.py$/, read: (_: string, source: string) => readPython(source) },
] as const;

/** A source file that the change has touched. */
export interface ChangedSource {
  readonly path: string;
  readonly facts: SourceFacts;
  /** Whether the change has added one of its lines. */
  readonly isAdded: (stretch: Pick<Stretch, 'line' | 'endLine'>) => boolean;
}

export interface ChangedSources {
  readonly sources: readonly ChangedSource[];
  /** A finding for each file that cannot be parsed: nobody has looked into it. */
  readonly unread: readonly Finding[];
}

/** The files of the languages that are read, without those of `exclude`. */
export async function readChangedSources(
  evidence: Evidence,
  exclude: readonly string[],
): Promise<ChangedSources> {
  const isExcluded = picomatch([...exclude], { dot: true });
  const added = Map.groupBy(await evidence.addedLines(), ({ path }) => path);
  const sources: ChangedSource[] = [];
  const unread: Finding[] = [];
  for (const { path, status } of await evidence.changedFiles()) {
    if (status === 'deleted' || isExcluded(path) || !isSource(path)) {
      continue;
    }
    const facts = await readSource(evidence, path);
    const lines = new Set((added.get(path) ?? []).map(({ line }) => line));
    if (facts === null) {
      const message = `${path} cannot be parsed, so nobody knows what is in it. Mend its syntax, or nest it less deeply.`;
      unread.push({ path, message, severity: 'error' });
    } else {
      sources.push({ path, facts, isAdded: ({ line, endLine }) => hasOne(lines, line, endLine) });
    }
  }
  return { sources, unread };
}

export function isSource(path: string): boolean {
  return LANGUAGES.some(({ ending }) => ending.test(path));
}

/** Its facts at the head; null when it is no source file, is not there, or cannot be parsed. */
async function readSource(evidence: Evidence, path: string): Promise<SourceFacts | null> {
  const language = LANGUAGES.find(({ ending }) => ending.test(path));
  const text = language === undefined ? null : await readText(evidence, 'head', path);
  return text === null || language === undefined ? null : await language.read(path, text);
}

function hasOne(lines: ReadonlySet<number>, from: number, to: number): boolean {
  for (let line = from; line <= to; line += 1) {
    if (lines.has(line)) {
      return true;
    }
  }
  return false;
}
