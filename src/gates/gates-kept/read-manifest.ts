import { z } from 'zod';
import type { Scripts } from './reach-scripts.ts';

export type Manifest = Readonly<Record<string, unknown>>;

/** A package.json; empty when there is none, null when it cannot be read. */
export function readManifest(text: string | null): Manifest | null {
  if (text === null) {
    return {};
  }
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
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
