import { parse } from 'smol-toml';
import { z } from 'zod';
import { isDependencyField } from '../parts/manifest-fields.ts';

const tree = z.record(z.string(), z.unknown()).catch({});
const texts = z.array(z.string()).catch([]);
const lists = z.record(z.string(), texts).catch({});

/** The name at the start of `requests[socks]>=2.0; python_version < "4"`. */
const REQUIREMENT = /^\s{0,40}([A-Za-z0-9][\w.-]{0,200})/;
const EGG = /[#&]egg=([\w.-]{1,200})/;
const GO_MODULE = /^\s{0,40}(?:require\s+)?([\w.-]+\.[\w.-]+\/\S{1,300})\s+v\S+(?!.*\/\/ indirect)/;
const GEM = /^\s{0,40}gem\s*\(?\s*['"]([\w.-]{1,200})['"]/;

interface Manifest {
  /** Of the path, in lower case. */
  readonly name: RegExp;
  /** Names of the packages that it asks for. @throws when it cannot be read. */
  readonly read: (text: string) => readonly string[];
}

/** The manifests that people write, by their names. Programs such as setup.py say what they ask for only when they run. */
const MANIFESTS: readonly Manifest[] = [
  { name: /(?:^|\/)package\.json$/, read: readPackageJson },
  { name: /(?:^|\/)pyproject\.toml$/, read: readPyproject },
  { name: /(?:^|\/)(?:[^/]*requirements[^/]*|requirements\/[^/]+)\.(?:txt|in)$/, read: readRequirements },
  { name: /(?:^|\/)pipfile$/, read: (text) => keysOf(parse(text), ['packages', 'dev-packages']) },
  { name: /(?:^|\/)cargo\.toml$/, read: readCargo },
  { name: /(?:^|\/)go\.mod$/, read: (text) => firstGroups(text, GO_MODULE) },
  { name: /(?:^|\/)gemfile$/, read: (text) => firstGroups(text, GEM) },
];

/** What reads a manifest; null when the file is none. */
export function manifestReaderOf(path: string): Manifest['read'] | null {
  return MANIFESTS.find(({ name }) => name.test(path.toLowerCase()))?.read ?? null;
}

function readPackageJson(text: string): readonly string[] {
  const manifest = z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  const fields = Object.keys(manifest).filter(
    (name) => isDependencyField(name) && name !== 'peerDependenciesMeta',
  );
  return keysOf(manifest, fields);
}

function readPyproject(text: string): readonly string[] {
  const { project, tool, ...rest } = parse(text);
  const { dependencies, 'optional-dependencies': optional } = tree.parse(project);
  const { poetry, uv } = tree.parse(tool);
  const { group, ...plain } = tree.parse(poetry);
  const groups = Object.values(tree.parse(group)).flatMap((one) => keysOf(tree.parse(one), ['dependencies']));
  const asked = [
    texts.parse(dependencies),
    ...Object.values(lists.parse(optional)),
    ...Object.values(tree.parse(rest['dependency-groups'])).map((one) => texts.parse(one)),
    texts.parse(tree.parse(uv)['dev-dependencies']),
    texts.parse(tree.parse(rest['build-system'])['requires']),
  ].flat();
  return [
    ...asked.flatMap(toRequirement),
    ...keysOf(plain, ['dependencies', 'dev-dependencies']).filter((name) => name !== 'python'),
    ...groups,
  ];
}

function readRequirements(text: string): readonly string[] {
  return text.split('\n').flatMap((line) => EGG.exec(line)?.[1] ?? toRequirement(line));
}

function toRequirement(text: string): readonly string[] {
  const name = REQUIREMENT.exec(text)?.[1];
  return name === undefined || /^[a-z+]{2,12}:\/\//i.test(text.trim()) ? [] : [name];
}

function readCargo(text: string): readonly string[] {
  const fields = ['dependencies', 'dev-dependencies', 'build-dependencies'];
  const manifest = parse(text);
  const targets = Object.values(tree.parse(manifest['target'])).map((one) => tree.parse(one));
  return [manifest, tree.parse(manifest['workspace']), ...targets].flatMap((one) => keysOf(one, fields));
}

function keysOf(table: Readonly<Record<string, unknown>>, fields: readonly string[]): readonly string[] {
  return fields.flatMap((field) => Object.keys(tree.parse(table[field])));
}

function firstGroups(text: string, pattern: RegExp): readonly string[] {
  return text.split('\n').flatMap((line) => pattern.exec(line.slice(0, 1_000))?.[1] ?? []);
}
