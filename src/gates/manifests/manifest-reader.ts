import { parse } from 'smol-toml';
import { z } from 'zod';
import { isDependencyField } from '../parts/manifest-fields.ts';
import { readCargo } from './read-cargo.ts';
import { readGoMod, readLockedModules } from './read-go-mod.ts';
import { readLockedPyproject, readPyproject } from './read-pyproject.ts';
import { readRequirements } from './read-requirements.ts';
import { readSetupCfg } from './read-setup-cfg.ts';

const tree = z.record(z.string(), z.unknown()).catch({});

const GEM = /^\s{0,40}gem\s*\(?\s*['"]([\w.-]{1,200})['"]/;

interface Manifest {
  /** Of the path, in lower case. */
  readonly name: RegExp;
  /** Names of the packages that it asks for. @throws when it cannot be read. */
  readonly read: (text: string) => readonly string[];
  /** The part of them that a lock file holds, where it is not all. @throws when it cannot be read. */
  readonly readLocked?: (text: string) => readonly string[];
}

const REQUIREMENTS = /(?:^|\/)(?:[^/]*requirements[^/]*|requirements\/[^/]+)\.(?:txt|in)$/;

/** The manifests that people write, by their names. Programs such as setup.py say what they ask for only when they run. */
const MANIFESTS: readonly Manifest[] = [
  { name: /(?:^|\/)package\.json$/, read: readPackageJson, readLocked: readLockedPackageJson },
  { name: /(?:^|\/)pyproject\.toml$/, read: readPyproject, readLocked: readLockedPyproject },
  { name: REQUIREMENTS, read: readRequirements },
  { name: /(?:^|\/)setup\.cfg$/, read: readSetupCfg },
  { name: /(?:^|\/)pipfile$/, read: (text) => keysOf(parse(text), ['packages', 'dev-packages']) },
  { name: /(?:^|\/)cargo\.toml$/, read: readCargo },
  { name: /(?:^|\/)go\.mod$/, read: readGoMod, readLocked: readLockedModules },
  // Of a workspace, only what it puts in the place of others.
  { name: /(?:^|\/)go\.work$/, read: readGoMod },
  { name: /(?:^|\/)gemfile$/, read: (text) => firstGroups(text, GEM) },
];

/** What reads a manifest; null when the file is none. */
export function manifestReaderOf(path: string): Manifest['read'] | null {
  return MANIFESTS.find(({ name }) => name.test(path.toLowerCase()))?.read ?? null;
}

/** What reads of a manifest the packages that its lock file has to name; null when the file is none. */
export function lockedReaderOf(path: string): Manifest['read'] | null {
  const manifest = MANIFESTS.find(({ name }) => name.test(path.toLowerCase()));
  return manifest?.readLocked ?? manifest?.read ?? null;
}

/** Whether a file lists what pip installs. */
export function isRequirements(path: string): boolean {
  return REQUIREMENTS.test(path.toLowerCase());
}

function readPackageJson(text: string): readonly string[] {
  return readFields(text, (name) => isDependencyField(name) && name !== 'peerDependenciesMeta');
}

/** Whoever uses a package brings its peers: yarn locks none of them, and others not all. */
function readLockedPackageJson(text: string): readonly string[] {
  return readFields(text, (name) => isDependencyField(name) && !name.startsWith('peer'));
}

function readFields(text: string, isRead: (field: string) => boolean): readonly string[] {
  const manifest = z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  return keysOf(manifest, Object.keys(manifest).filter(isRead));
}

function keysOf(table: Readonly<Record<string, unknown>>, fields: readonly string[]): readonly string[] {
  return fields.flatMap((field) => Object.keys(tree.parse(table[field])));
}

function firstGroups(text: string, pattern: RegExp): readonly string[] {
  return text.split('\n').flatMap((line) => pattern.exec(line.slice(0, 1_000))?.[1] ?? []);
}
