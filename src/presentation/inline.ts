import { toVisible } from '../domain/visible.ts';
import { clip } from './clip.ts';
import { neutralise } from './neutralise.ts';

/** Untrusted text as part of a line or a table cell: one line, at most about `max` characters, neutralised. */
export function inline(text: string, max: number): string {
  const line = toVisible(text).replaceAll(/\s+/g, ' ').trim();
  // Backslashes before a bar could escape our own escape.
  return neutralise(clip(line, max)).replaceAll(/\\*\|/g, String.raw`\|`);
}
