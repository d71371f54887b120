import picomatch from 'picomatch';
import { z } from 'zod';
import type { Evidence } from '../domain/evidence.ts';
import type { Finding } from '../domain/finding.ts';
import { defineGate } from '../domain/gate.ts';

/** Files that decide what machines and agents do, or how this very change is judged. */
const PROTECTED = [
  '.github/**',
  '**/{.circleci,.gitlab,.buildkite}/**',
  '**/{.gitlab-ci.yml,.travis.yml,azure-pipelines.yml,Jenkinsfile,action.yml,.pre-commit-config.yaml,lefthook.yml}',
  '**/CODEOWNERS',
  '**/{.npmrc,.yarnrc,.yarnrc.yml,.pnpmfile.cjs,pnpm-workspace.yaml,bunfig.toml,pip.conf,.pypirc,.netrc,.env,.env.*}',
  '**/{.gitattributes,.gitmodules,.gitconfig,.lfsconfig}',
  '**/{.husky,.githooks,.devcontainer,.vscode}/**',
  '**/{.claude,.codex,.cursor,.gemini}/**',
  '**/{.mcp.json,AGENTS.md,CLAUDE.md,GEMINI.md,.cursorrules}',
  '**/{node_modules,.yarn,.venv}/**',
  '**/{package-lock.json,npm-shrinkwrap.json,pnpm-lock.yaml,yarn.lock,bun.lock,bun.lockb}',
  '**/{Cargo.lock,poetry.lock,uv.lock,Gemfile.lock,composer.lock,go.sum}',
  '**/{biome,tsconfig*,jsconfig,deno,dprint,nx,turbo,lerna,jasmine}.{json,jsonc}',
  '**/.{eslintrc,prettierrc,babelrc,mocharc,nycrc,c8rc,swcrc,stylelintrc,oxlintrc,oxfmtrc,jscsrc}*',
  '**/{.eslintignore,.prettierignore,.editorconfig,.tool-versions,.nvmrc,.node-version,mise.toml}',
  '**/{eslint,prettier,vitest,vite,jest,mocha,ava,tap,karma,cypress,playwright,babel,oxlint,nyc,c8}.{config,conf,workspace}.*',
  '**/{conftest.py,pytest.ini,pyproject.toml,tox.ini,noxfile.py,setup.cfg,setup.py,.coveragerc,.flake8,.pylintrc}',
  '**/{mypy.ini,ruff.toml,.rspec,.rubocop.yml,Rakefile,Makefile,GNUmakefile,justfile,Taskfile.yml,.golangci.*}',
];

/** Fields of a package.json that no check obeys. In any other a tool may look for scripts, settings or programs. */
const PLAIN_FIELDS =
  /^(?:name|version|description|keywords|private|license|author|contributors|maintainers|homepage|bugs|repository|funding|files|main|module|browser|types|typings|exports|type|sideEffects)$/;

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
  summary:
    'Holds a change to workflows, hooks, agent or registry settings, dependencies, scripts or check settings.',
  options,
  alwaysStrict: true,
  async judge(evidence, { globs, also }) {
    const isProtected = picomatch([...globs, ...also], { dot: true, nocase: true });
    const findings: Finding[] = [];
    for (const file of await evidence.changedFiles()) {
      const touched = [file.path, file.from ?? file.path].find((path) => isProtected(path));
      if (touched !== undefined) {
        findings.push(toFinding(touched, `is protected and was ${file.status}`));
      } else if (isManifest(file.path)) {
        findings.push(...(await judgeManifest(evidence, file.path)));
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

async function judgeManifest(evidence: Evidence, path: string): Promise<readonly Finding[]> {
  const [before, after] = await Promise.all([
    evidence.readFile('base', path),
    evidence.readFile('head', path),
  ]);
  const [old, now] = [readManifest(before), readManifest(after)];
  if (old === null || now === null) {
    return [toFinding(path, 'cannot be read, so nobody knows what the change makes of it')];
  }
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])];
  const changed = names.filter(
    (name) => !PLAIN_FIELDS.test(name) && JSON.stringify(old[name]) !== JSON.stringify(now[name]),
  );
  return changed.length === 0
    ? []
    : [toFinding(path, `has changed ${changed.slice(0, 10).join(', ')}, which tools and checks obey`)];
}

/** An absent manifest says nothing; null when there is one that cannot be read. */
function readManifest(manifest: Uint8Array | null): Readonly<Record<string, unknown>> | null {
  if (manifest === null) {
    return {};
  }
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(new TextDecoder().decode(manifest)));
  } catch {
    return null;
  }
}
