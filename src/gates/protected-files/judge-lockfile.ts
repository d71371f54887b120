import { z } from 'zod';
import { hostsIn, REGISTRIES } from './hosts.ts';

/** A line that says where a package comes from. */
const ORIGIN = /resolved|resolution|tarball|source\s?=|url\s?=|"url"|remote:|registry|git\+/;

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      integrity: z.string().optional(),
      resolved: z.string().optional(),
    }),
  ),
});

/** What a person should see in a lock file that changes together with its manifest: in words, after its name. */
export function judgeLockfile(before: string | null, after: string | null): readonly string[] {
  if (after === null) {
    return ['was deleted, so that nobody knows which versions are installed'];
  }
  if (after.includes('\0')) {
    return ['has changed and cannot be read by people'];
  }
  const known = new Set([...REGISTRIES, ...hostsOf(before ?? '')]);
  const unknown = [...hostsOf(after)].filter((host) => !known.has(host));
  return [
    ...unknown.slice(0, 10).map((host) => `takes packages from ${host}, which it did not before`),
    ...swapped(before, after).map((name) => `has other content for the same version of ${name}`),
  ];
}

function hostsOf(text: string): ReadonlySet<string> {
  const lines = text.split('\n').filter((line) => ORIGIN.test(line));
  return new Set(lines.flatMap(hostsIn));
}

/** In npm's format, where one version of a package is told from another. */
function swapped(before: string | null, after: string): readonly string[] {
  const [old, now] = [before ?? '', after].map(readPackages);
  return Object.entries(now ?? {})
    .filter(([path, { version, integrity, resolved }]) => {
      const twin = old?.[path];
      const isSame = twin !== undefined && twin.version === version && version !== undefined;
      return isSame && (differs(twin.integrity, integrity) || differs(twin.resolved, resolved));
    })
    .map(([path]) => path.replace(/^.*node_modules\//, ''))
    .slice(0, 10);
}

/** What was only added, or left out as some settings do, is no other content. */
function differs(before: string | undefined, after: string | undefined): boolean {
  return before !== undefined && after !== undefined && before !== after;
}

function readPackages(text: string) {
  try {
    return lockSchema.parse(JSON.parse(text)).packages;
  } catch {
    return {};
  }
}
