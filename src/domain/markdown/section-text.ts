import { toPattern } from '../to-pattern.ts';
import { readMarkdown } from './read-markdown.ts';
import { sectionOf } from './section-of.ts';

/** What stands under the first heading that says exactly this, as it was written; null when there is no such heading. */
export function sectionText(markdown: string, title: string): string | null {
  const section = sectionOf(readMarkdown(markdown), new RegExp(`^${toPattern(title)}$`, 'i'));
  if (section === null) {
    return null;
  }
  const until = section.next === null ? undefined : section.next - 1;
  return markdown.split(/\r?\n/).slice(section.line, until).join('\n').trim();
}
