import { hostsIn, REGISTRIES } from './hosts.ts';

/** A line of a manifest that says where packages come from, by the manifest's name in lower case. */
const ORIGINS: readonly { readonly name: RegExp; readonly line: RegExp }[] = [
  {
    name: /^(?:.{0,100}requirements.{0,100}|.{0,100}constraints.{0,100})\.(?:txt|in)$/,
    line: /^\s{0,40}(?:-[if]|--(?:(?:extra-)?index-url|find-links|trusted-host))(?![\w-])|:\/\//,
  },
  {
    name: /^(?:pyproject\.toml|pipfile)$/,
    line: /^\s{0,40}url\s{0,40}=|\b(?:git|url|index-url)\s{0,40}=\s{0,40}["']|@\s{0,40}[a-z+]{2,12}:\/\//,
  },
  { name: /^cargo\.toml$/, line: /\b(?:git|registry|registry-index)\s{0,40}=/ },
  { name: /^gemfile$/, line: /^\s{0,40}source\b|\b(?:git|github|gist|bitbucket|source)(?::|\s{0,40}=>)/ },
  { name: /^go\.mod$/, line: /=>/ },
  { name: /^composer\.json$/, line: /"(?:url|repositories)"/ },
];

const MAX_NAMED = 10;
const MAX_SHOWN = 150;

/** Whether a file is a manifest that can say where packages come from. */
export function namesOrigins(path: string): boolean {
  return findOrigin(path) !== undefined;
}

/** What a change makes of where a manifest takes packages from: in words, each after the name of the file. */
export function judgeOrigins(path: string, before: string | null, after: string | null): readonly string[] {
  const origin = findOrigin(path);
  if (origin === undefined || after === null) {
    return [];
  }
  const old = new Set(toLines(before ?? ''));
  const known = new Set([...REGISTRIES, ...hostsIn(before ?? '')]);
  const foreign = toLines(after).filter(
    (line) => !old.has(line) && origin.line.test(line) && !isKnown(line, known),
  );
  return foreign
    .slice(0, MAX_NAMED)
    .map((line) => `takes packages from elsewhere than before: \`${line.slice(0, MAX_SHOWN)}\``);
}

function findOrigin(path: string) {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  return ORIGINS.find((one) => one.name.test(name));
}

/** Without comments, which begin with a hash here and there and mean nothing. */
function toLines(text: string): readonly string[] {
  return text.split('\n').map((line) => line.replace(/(?:^|\s)#.*$/, '').trim());
}

function isKnown(line: string, known: ReadonlySet<string>): boolean {
  const hosts = hostsIn(line);
  return hosts.length > 0 && hosts.every((host) => known.has(host));
}
