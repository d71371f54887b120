import { toVisible } from '../domain/visible.ts';
import { clip } from './clip.ts';
import { neutralise } from './neutralise.ts';

const MAX_TITLE = 200;

/** Untrusted text as the title of a check run or pull request: one line of at most 200 characters, neutralised. */
export function toTitle(text: string): string {
  return clip(neutralise(toVisible(text).replaceAll(/\s+/g, ' ').trim()), MAX_TITLE);
}
