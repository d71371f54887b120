import type { Profile } from '../../domain/profile.ts';
import { isToolField } from '../parts/manifest-fields.ts';
import { readManifest, scriptsOf } from '../parts/read-manifest.ts';
import { compareSettings } from './compare-settings.ts';
import { findScripts } from './find-scripts.ts';
import type { TextChange, Weakening } from './text-change.ts';

/** What a package.json says to the tools that judge, and the scripts that gates run. */
export function findManifest(
  { path, before, after }: TextChange,
  profile: Profile | null,
): readonly Weakening[] {
  const [old, now] = [readManifest(before), readManifest(after)];
  if (old === null || now === null) {
    return [{ message: 'This manifest cannot be read, so nobody knows what its scripts run.' }];
  }
  const fields = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter(isToolField);
  const settings = fields.flatMap((field) =>
    compareSettings(old[field], now[field], { under: field, otherwise: 'weaker' }),
  );
  const isOwn = path === 'package.json' && profile !== null;
  return isOwn ? [...findScripts(profile, scriptsOf(old), scriptsOf(now)), ...settings] : settings;
}
