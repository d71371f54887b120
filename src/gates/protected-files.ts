import picomatch from 'picomatch';
import { z } from 'zod';
import type { Evidence } from '../domain/evidence.ts';
import type { Finding } from '../domain/finding.ts';
import { defineGate } from '../domain/gate.ts';

/** Files that decide what machines and agents do, or how this very change is judged. */
const PROTECTED = [
  '.github/**',
  '**/CODEOWNERS',
  '**/{.npmrc,.yarnrc,.yarnrc.yml,.pnpmfile.cjs,pip.conf,.pypirc,.netrc}',
  '**/{.gitattributes,.gitmodules,.gitconfig,.lfsconfig}',
  '**/{.husky,.githooks,.devcontainer,.vscode}/**',
  '**/{.claude,.codex,.cursor,.gemini}/**',
  '**/{.mcp.json,AGENTS.md,CLAUDE.md,GEMINI.md,.cursorrules}',
  '**/{package-lock.json,npm-shrinkwrap.json,pnpm-lock.yaml,yarn.lock,bun.lock,bun.lockb}',
  '**/{Cargo.lock,poetry.lock,uv.lock,Gemfile.lock,composer.lock,go.sum}',
  '**/{biome.json,biome.jsonc,tsconfig*.json,.eslintrc*,.eslintignore,.oxlintrc.json,.prettierrc*,.prettierignore}',
  '**/{eslint,prettier,vitest,vite,jest,mocha,playwright,babel}.config.*',
  '**/{conftest.py,pytest.ini,tox.ini,noxfile.py,setup.cfg,.coveragerc,Makefile,.golangci.*}',
];

const options = z.strictObject({
  globs: z
    .array(z.string().min(1))
    .default(PROTECTED)
    .describe('Globs of files that a person must release when they change. Replaces the default list.'),
  also: z.array(z.string().min(1)).default([]).describe('Further globs, besides the default list.'),
});

/** Holds a change to files by which an agent could widen its own powers or loosen its own judges. */
export const gate = defineGate({
  name: 'protected-files',
  summary: 'Holds a change to workflows, hooks, agent or registry settings, lock files or check settings.',
  options,
  async judge(evidence, { globs, also }) {
    const isProtected = picomatch([...globs, ...also], { dot: true, nocase: true });
    const findings: Finding[] = [];
    for (const file of await evidence.changedFiles()) {
      const touched = [file.path, file.from ?? file.path].find((path) => isProtected(path));
      if (touched !== undefined) {
        findings.push(toFinding(touched, `is protected and was ${file.status}`));
      } else if (isManifest(file.path) && (await scriptsDiffer(evidence, file.path))) {
        findings.push(toFinding(file.path, 'has changed scripts, which the checks may call'));
      }
    }
    if (findings.length === 0) {
      return { kind: 'pass', summary: 'No protected file is touched.' };
    }
    const names = findings.slice(0, 5).map(({ path }) => path);
    const more = findings.length > names.length ? ` and ${findings.length - names.length} more` : '';
    return {
      kind: 'hold',
      summary: `A person must release changes to ${names.join(', ')}${more}.`,
      findings,
    };
  },
});

function toFinding(path: string, what: string): Finding {
  return { path, message: `${path} ${what}.`, severity: 'warning' };
}

function isManifest(path: string): boolean {
  return path === 'package.json' || path.endsWith('/package.json');
}

async function scriptsDiffer(evidence: Evidence, path: string): Promise<boolean> {
  const [before, after] = await Promise.all([
    evidence.readFile('base', path),
    evidence.readFile('head', path),
  ]);
  return scriptsOf(before) !== scriptsOf(after);
}

/** The scripts as comparable text; a file that cannot be read differs from every other. */
function scriptsOf(manifest: Uint8Array | null): string {
  if (manifest === null) {
    return '{}';
  }
  const text = new TextDecoder().decode(manifest);
  try {
    return JSON.stringify(
      z.object({ scripts: z.unknown().optional() }).parse(JSON.parse(text)).scripts ?? {},
    );
  } catch {
    return text;
  }
}
