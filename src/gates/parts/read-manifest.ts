import { z } from 'zod';

/** Texts of scripts by name. */
export type Scripts = ReadonlyMap<string, string>;

export type Manifest = Readonly<Record<string, unknown>>;

const manifestSchema = z.looseObject({ scripts: z.record(z.string(), z.unknown()).optional() });

/** A package.json; empty when there is none, null when it cannot be read. */
export function readManifest(text: string | null): Manifest | null {
  if (text === null) {
    return {};
  }
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Its scripts. */
export function scriptsOf({ scripts }: Manifest): Scripts {
  const entries = typeof scripts === 'object' && scripts !== null ? Object.entries(scripts) : [];
  return new Map(
    entries.flatMap(([name, text]) => (typeof text === 'string' ? [[name, text] as const] : [])),
  );
}

/** The packages that it asks for to build and test. */
export function packagesOf({ dependencies, devDependencies }: Manifest): ReadonlySet<string> {
  return new Set([dependencies, devDependencies].flatMap((asked) => Object.keys(Object(asked))));
}

/** Whether it asks for any package, for itself or for parts of the repository. */
export function asksForAny(manifest: Manifest): boolean {
  return ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies', 'workspaces'].some(
    (field) => Object.keys(Object(manifest[field])).length > 0,
  );
}
