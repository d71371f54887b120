import { compareSettings, type Otherwise } from './compare-settings.ts';
import { parseJsonc } from './parse-jsonc.ts';
import type { TextChange, Weakening } from './text-change.ts';

/** JSON of a tool, compared by its settings. */
export function findJson({ before, after }: TextChange, otherwise: Otherwise): readonly Weakening[] {
  const [old, now] = [before, after].map((text) => (text === null ? { value: undefined } : parseJsonc(text)));
  if (old === null || old === undefined || now === null || now === undefined) {
    return [{ message: 'This file decides how the change is judged, and cannot be read.' }];
  }
  if (before !== null && after === null) {
    return [{ message: 'This file decides how the change is judged, and was deleted.' }];
  }
  return compareSettings(old.value, now.value, { otherwise });
}
