import { z } from 'zod';

const npmLock = z.object({ packages: z.record(z.string(), z.unknown()) });
/** What npm wrote until version 6; each package may have such a list of its own. */
const oldNpmLock = z.object({ dependencies: z.record(z.string(), z.unknown()) });

const TOML_PACKAGE = /^\[\[package\]\]\s*\nname = "([^"\n]{1,200})"/gm;
const GO_SUM = /^(\S{1,300}) v\S+ h1:/gm;
const YARN = /^"?(@?[^@"\s]{1,200})@[^\n]{0,2000}:$/gm;
/** `name@1.0.0:`, and `/name@1.0.0:` until version 8. */
const PNPM = /^ {2}'?\/?((?:@[^/@'\s(]{1,200}\/)?[^/@'\s(]{1,200})@[^\n]{0,2000}:$/gm;
/** `/name/1.0.0:` until version 7. */
const OLD_PNPM = /^ {2}'?\/((?:@[^/@'\s(]{1,200}\/)?[^/@'\s(]{1,200})\/\d[^\n]{0,2000}:$/gm;
/** What a manifest asks for under another name than its own, or from the same workspace: `name:` over `specifier: ...`. */
const PNPM_ASKED = /^ {2,6}'?((?:@[^/@'\s:]{1,200}\/)?[^/@'\s:]{1,200})'?:(?:\n {4,8}specifier:| npm:)/gm;

/** Lock files whose entries can be told by their names. */
const LOCKS: readonly { readonly name: RegExp; readonly read: (text: string) => readonly string[] }[] = [
  { name: /(?:^|\/)(?:package-lock|npm-shrinkwrap)\.json$/, read: readNpm },
  { name: /(?:^|\/)(?:poetry|uv|pdm|cargo)\.lock$/, read: (text) => firstGroups(text, TOML_PACKAGE) },
  { name: /(?:^|\/)go\.(?:work\.)?sum$/, read: (text) => firstGroups(text, GO_SUM) },
  { name: /(?:^|\/)yarn\.lock$/, read: (text) => firstGroups(text, YARN) },
  { name: /(?:^|\/)pnpm-lock\.yaml$/, read: readPnpm },
];

/** What reads a lock file's packages by name; null when the file is none, or not one that can be read. */
export function lockReaderOf(path: string): ((text: string) => readonly string[]) | null {
  return LOCKS.find(({ name }) => name.test(path.toLowerCase()))?.read ?? null;
}

function readNpm(text: string): readonly string[] {
  const lock: unknown = JSON.parse(text);
  const old = oldNpmLock.safeParse(lock);
  if (old.success && !npmLock.safeParse(lock).success) {
    return readOldNpm(old.data);
  }
  return Object.keys(npmLock.parse(lock).packages).flatMap(
    (path) => path.split('node_modules/').at(-1) || [],
  );
}

function readOldNpm(lock: z.infer<typeof oldNpmLock>): readonly string[] {
  const names: string[] = [];
  const open = [lock];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    for (const [name, below] of Object.entries(one.dependencies)) {
      names.push(name);
      open.push(...[oldNpmLock.safeParse(below).data].filter((data) => data !== undefined));
    }
  }
  return names;
}

function readPnpm(text: string): readonly string[] {
  return [PNPM, OLD_PNPM, PNPM_ASKED].flatMap((pattern) => firstGroups(text, pattern));
}

function firstGroups(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].map(([, name = '']) => name);
}
