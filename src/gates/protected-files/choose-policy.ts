import picomatch from 'picomatch';
import type { FilePolicy } from '../../domain/file-policy.ts';

/** Files that decide what machines and agents do, or with what. How work is judged is the matter of `gates-kept`. */
export const DEFAULT_HOLDS: readonly string[] = [
  '.github/**',
  '**/{.circleci,.gitlab,.buildkite}/**',
  '**/{.gitlab-ci.yml,.travis.yml,azure-pipelines.yml,Jenkinsfile,action.yml}',
  '**/CODEOWNERS',
  '**/{.npmrc,.yarnrc,.yarnrc.yml,.pnpmfile.cjs,pnpm-workspace.yaml,bunfig.toml,pip.conf,pip.ini,.pypirc,uv.toml,.netrc,.env,.env.*}',
  '**/.{cargo,bundle}/config*',
  '**/{.gitattributes,.gitmodules,.gitconfig,.lfsconfig}',
  '**/{.husky,.githooks,.devcontainer,.vscode,.idea}/**',
  '**/{.pre-commit-config.yaml,lefthook.yml,lefthook.yaml,.lintstagedrc*}',
  '**/{.claude,.codex,.cursor,.gemini,.windsurf,.continue,.aider*}/**',
  '**/{.mcp.json,AGENTS.md,AGENTS.override.md,CLAUDE.md,CLAUDE.local.md,GEMINI.md,.cursorrules,.windsurfrules,.aider.conf.yml}',
  '**/{node_modules,.yarn,.venv}/**',
  '**/{.tool-versions,.nvmrc,.node-version,.python-version,.ruby-version,rust-toolchain*,mise.toml,.mise.toml,.envrc,.editorconfig}',
  '**/setup.py',
];

/** Plain data that no program obeys; Baton itself writes it where a repository wants that. */
const ORDINARY = ['.claude/state/*.json'];

/** What Baton itself obeys: no policy makes a change of it ordinary. */
const OWN = ['.github/baton.{yml,yaml}', '.github/baton/**', '.claude/pipeline.yaml'];

/** The policy for a file; null when no policy names it. */
export type ChoosePolicy = (path: string) => FilePolicy['policy'] | null;

/** Of the policies for a file the last that fits decides; the defaults come first. */
export function toChoosePolicy(policies: readonly FilePolicy[]): ChoosePolicy {
  const isOwn = toMatcher(OWN);
  const matchers = [
    { isMatch: toMatcher(DEFAULT_HOLDS), policy: 'hold' as const },
    { isMatch: toMatcher(ORDINARY), policy: 'allow' as const },
    ...policies.map(({ glob, policy }) => ({ isMatch: toMatcher([glob]), policy })),
  ];
  return (path) => {
    const policy = matchers.findLast(({ isMatch }) => isMatch(path))?.policy ?? null;
    return isOwn(path) && policy !== 'block' ? 'hold' : policy;
  };
}

/** Some file systems take upper and lower case for the same. */
function toMatcher(globs: readonly string[]): (path: string) => boolean {
  return picomatch([...globs], { dot: true, nocase: true });
}
