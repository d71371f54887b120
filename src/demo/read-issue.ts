import { readFile } from 'node:fs/promises';

/** Reads an issue from its file: `title:` between two lines of dashes, then the body. */
export async function readIssue(file: string): Promise<{ readonly title: string; readonly body: string }> {
  const text = await readFile(file, 'utf8');
  const [, title, body] = /^---\ntitle: (.+)\n---\n+([\s\S]+)$/.exec(text) ?? [];
  if (title === undefined || body === undefined) {
    throw new Error(`${file} does not begin with its title between two lines of dashes.`);
  }
  return { title, body };
}
