/** A part that is folded until the reader opens it. `summary` is our own plain text; `body` is finished Markdown. */
export function details(summary: string, body: string): string {
  return `<details>\n<summary>${summary.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</summary>\n\n${body}\n\n</details>`;
}
