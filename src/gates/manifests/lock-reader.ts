import { z } from 'zod';

const npmLock = z.object({ packages: z.record(z.string(), z.unknown()) });

const TOML_PACKAGE = /^\[\[package\]\]\s*\nname = "([^"\n]{1,200})"/gm;
const GO_SUM = /^(\S{1,300}) v\S+ h1:/gm;
const YARN = /^"?(@?[^@"\s]{1,200})@[^\n]{0,2000}:$/gm;
const PNPM = /^ {2}'?\/?(@?[^@'\s(]{1,200})@[^\n]{1,2000}:$/gm;

/** Lock files whose entries can be told by their names. */
const LOCKS: readonly { readonly name: RegExp; readonly read: (text: string) => readonly string[] }[] = [
  { name: /(?:^|\/)(?:package-lock|npm-shrinkwrap)\.json$/, read: readNpm },
  { name: /(?:^|\/)(?:poetry|uv|pdm|cargo)\.lock$/, read: (text) => firstGroups(text, TOML_PACKAGE) },
  { name: /(?:^|\/)go\.sum$/, read: (text) => firstGroups(text, GO_SUM) },
  { name: /(?:^|\/)yarn\.lock$/, read: (text) => firstGroups(text, YARN) },
  { name: /(?:^|\/)pnpm-lock\.yaml$/, read: (text) => firstGroups(text, PNPM) },
];

/** What reads a lock file's packages by name; null when the file is none, or not one that can be read. */
export function lockReaderOf(path: string): ((text: string) => readonly string[]) | null {
  return LOCKS.find(({ name }) => name.test(path.toLowerCase()))?.read ?? null;
}

function readNpm(text: string): readonly string[] {
  return Object.keys(npmLock.parse(JSON.parse(text)).packages).flatMap(
    (path) => path.split('node_modules/').at(-1) || [],
  );
}

function firstGroups(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].map(([, name = '']) => name);
}
