/** Lock files with the names of the manifests that they follow. */
const LOCKFILES = new Map<string, readonly string[]>([
  ...['package-lock.json', 'npm-shrinkwrap.json', 'pnpm-lock.yaml', 'yarn.lock', 'bun.lock', 'bun.lockb'].map(
    (name) => [name, ['package.json']] as const,
  ),
  ['cargo.lock', ['cargo.toml']],
  ['poetry.lock', ['pyproject.toml']],
  ['uv.lock', ['pyproject.toml']],
  ['pdm.lock', ['pyproject.toml']],
  ['pipfile.lock', ['pipfile']],
  ['gemfile.lock', ['gemfile']],
  ['composer.lock', ['composer.json']],
  ['go.sum', ['go.mod']],
  ['go.work.sum', ['go.work', 'go.mod']],
  ['deno.lock', ['deno.json', 'deno.jsonc', 'package.json']],
]);

/** The manifests that a lock file follows, by name; null when it is none. Upper and lower case are the same. */
export function manifestsOf(lockfile: string): readonly string[] | null {
  return LOCKFILES.get(nameOf(lockfile)) ?? null;
}

/** Whether a file is a manifest of a lock file: beside it, or below it as a part of its workspace. */
export function isManifestOf(path: string, lockfile: string): boolean {
  const directory = lockfile.slice(0, lockfile.lastIndexOf('/') + 1);
  return path.startsWith(directory) && (manifestsOf(lockfile) ?? []).includes(nameOf(path));
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).toLowerCase();
}
