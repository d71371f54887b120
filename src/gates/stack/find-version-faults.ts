import type { Evidence } from '../../domain/evidence.ts';
import type { Finding } from '../../domain/finding.ts';
import type { StackRules } from '../../domain/stack-rules.ts';
import { readText } from '../parts/read-text.ts';

type Language = keyof StackRules['languages'];

/** Where a version is declared, and what comes before it. */
interface Place {
  readonly path: RegExp;
  /** With the flag `g` where each of several counts, such as the stages of an image. */
  readonly version: RegExp;
}

/** Files at the top of a repository, and images, that say which version of a language is used. */
const PLACES: Readonly<Record<Language, readonly Place[]>> = {
  python: [
    { path: /^\.python-version$|^runtime\.txt$/, version: /^(?:python-)?(\S+)/m },
    { path: /^pyproject\.toml$/, version: /^[ \t]*requires-python\s*=\s*["']([^"'\n]+)/m },
    { path: /(?:^|\/)Dockerfile[^/]*$/, version: /^FROM\s+(?:\S+\/)?python:(\S+)/gim },
  ],
  node: [
    { path: /^\.(?:nvmrc|node-version)$/, version: /^v?(\S+)/m },
    { path: /^package\.json$/, version: /"engines"\s*:\s*\{[^}]{0,500}"node"\s*:\s*"([^"\n]+)/ },
    { path: /(?:^|\/)Dockerfile[^/]*$/, version: /^FROM\s+(?:\S+\/)?node:(\S+)/gim },
  ],
  go: [
    { path: /^go\.mod$/, version: /^go\s+(\S+)/m },
    { path: /(?:^|\/)Dockerfile[^/]*$/, version: /^FROM\s+(?:\S+\/)?golang:(\S+)/gim },
  ],
};

/** What declares another version than the rules, and languages whose version nothing declares. */
export async function findVersionFaults(
  evidence: Evidence,
  paths: readonly string[],
  languages: StackRules['languages'],
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const [language, wanted = ''] of Object.entries(languages)) {
    const places = PLACES[language as Language];
    const declared = await readDeclared(evidence, paths, places);
    findings.push(
      ...declared
        .filter(({ version }) => !begins(version, wanted))
        .map(
          ({ path, version }): Finding => ({
            path,
            message: `${path} says ${language} ${version}; this repository is built with ${wanted}.`,
            severity: 'error',
          }),
        ),
      ...(declared.length > 0 ? [] : [toUndeclared(language, wanted)]),
    );
  }
  return findings;
}

async function readDeclared(evidence: Evidence, paths: readonly string[], places: readonly Place[]) {
  const declared: { readonly path: string; readonly version: string }[] = [];
  for (const { path: pattern, version: sought } of places) {
    for (const path of paths.filter((one) => pattern.test(one))) {
      const text = (await readText(evidence, 'head', path)) ?? '';
      const found = sought.global ? [...text.matchAll(sought)] : [sought.exec(text)];
      declared.push(
        ...found.flatMap((match) => (match?.[1] === undefined ? [] : { path, version: match[1] })),
      );
    }
  }
  return declared;
}

/** Of `>=3.11,<3.12` and `3.11-slim`, the first number counts. */
function begins(version: string, wanted: string): boolean {
  const first = /\d+(?:\.\d+)*/.exec(version)?.[0] ?? '';
  return first === wanted || first.startsWith(`${wanted}.`);
}

function toUndeclared(language: string, wanted: string): Finding {
  const where = {
    python: '.python-version or requires-python in pyproject.toml',
    node: '.nvmrc or engines.node in package.json',
    go: 'go.mod',
  };
  return {
    message: `Nothing says which ${language} is used; this repository is built with ${wanted}. Write it into ${where[language as Language]}.`,
    severity: 'error',
  };
}
