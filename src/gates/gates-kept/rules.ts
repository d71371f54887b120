import picomatch from 'picomatch';
import { findCi } from './find-ci.ts';
import { findIgnores } from './find-ignores.ts';
import { findJson } from './find-json.ts';
import { findOpaque } from './find-opaque.ts';
import { findPipeline } from './find-pipeline.ts';
import { findTsconfig } from './find-tsconfig.ts';
import type { TextChange, Weakening } from './text-change.ts';

/** How a kind of file is compared. The first rule that names a file compares it. */
interface Rule {
  readonly globs: readonly string[];
  readonly find: (change: TextChange) => readonly Weakening[];
}

const RULES: readonly Rule[] = [
  { globs: ['.github/workflows/*.{yml,yaml}'], find: findCi },
  {
    globs: [
      '**/{.gitlab-ci,.travis,azure-pipelines,bitbucket-pipelines,appveyor}.yml',
      '**/{.circleci,.gitlab,.buildkite}/**',
      '**/Jenkinsfile*',
    ],
    find: findPipeline,
  },
  { globs: ['**/{tsconfig,jsconfig}*.json'], find: findTsconfig },
  {
    globs: [
      '**/{biome,deno,dprint}.{json,jsonc}',
      '**/.{biome,eslintrc,oxlintrc,oxfmtrc,stylelintrc,prettierrc}.{json,jsonc}',
    ],
    find: (change) => findJson(change, 'fine'),
  },
  {
    globs: [
      '**/.{nycrc,c8rc,mocharc}.{json,jsonc}',
      '**/.nycrc',
      '**/{jest.config,jasmine,nx,turbo,lerna}.json',
    ],
    find: (change) => findJson(change, 'weaker'),
  },
  {
    globs: ['**/.{eslint,prettier,stylelint,biome,oxlint,markdownlint}ignore'],
    find: findIgnores,
  },
  {
    globs: [
      '**/.{eslintrc,prettierrc,babelrc,mocharc,nycrc,c8rc,swcrc,stylelintrc,oxlintrc,jscsrc,taprc}*',
      '**/{eslint,prettier,vitest,vite,jest,mocha,ava,tap,karma,cypress,playwright,babel,oxlint,nyc,c8,stylelint,knip,rollup,webpack}.{config,conf,workspace,setup}.*',
      '**/{vitest,jest,test}.{setup,workspace}.*',
      '**/{conftest.py,pytest.ini,pyproject.toml,tox.ini,noxfile.py,setup.cfg,.coveragerc,.flake8,.pylintrc,mypy.ini,.mypy.ini,ruff.toml,.ruff.toml,pyrightconfig.json}',
      '**/{.rspec,.rubocop.yml,.rubocop_todo.yml,.golangci.*,clippy.toml,.clippy.toml,rustfmt.toml,phpstan.neon*,phpunit.xml*,checkstyle.xml,detekt.yml,.swiftlint.yml}',
      // What is in a baseline is never found again.
      '**/{eslint-suppressions.json,.eslint-todo*,phpstan-baseline.*,psalm*.xml,detekt-baseline.xml,lint-baseline.xml,mypy-baseline.*,.secrets.baseline,.betterer.results}',
      '**/{.basedpyright,.oxlint-suppressions,.rubocop}*/**',
      '**/{.knip,knip,.jscpd,audit-ci,.nsprc,tslint}.{json,jsonc}',
      '**/{.dependency-cruiser.*,.markdownlint*,.importlinter,.bandit,bandit.{yaml,yml},.clang-tidy,analysis_options.yaml}',
      '**/{osv-scanner.toml,deny.toml,audit.toml,nextest.toml,.snyk,.gitleaksignore,.auditignore,trivy.yaml,.checkov.{yaml,yml},staticcheck.conf}',
      '**/{Rakefile,GNUmakefile,*.mk,justfile,Justfile,Taskfile.yml,Gruntfile.*,gulpfile.*}',
      '**/{codecov,.codecov,.codeclimate,sonar-project}.{yml,yaml,properties}',
      '**/{.semgrepignore,.semgrep.yml,.gitleaks.toml,.secretlintrc*,.trivyignore,.hadolint.yaml,.shellcheckrc,.yamllint*}',
    ],
    find: findOpaque,
  },
];

const MATCHERS = RULES.map(({ globs, find }) => ({
  isMatch: picomatch([...globs], { dot: true, nocase: true }),
  find,
}));

/** Whether a file configures a judge. */
export function isSettings(path: string): boolean {
  return MATCHERS.some(({ isMatch }) => isMatch(path));
}

/** What makes the judges weaker in a file that configures them; nothing in any other file. */
export function findInSettings(change: TextChange): readonly Weakening[] {
  return MATCHERS.find(({ isMatch }) => isMatch(change.path))?.find(change) ?? [];
}
