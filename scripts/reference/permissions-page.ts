import { readFileSync } from 'node:fs';
import { isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { toCode, toPage, toTable } from './markdown.ts';

/** What the App asks of GitHub. The reasons are the comments of `app.yml`, which stand above each line there. */
export function permissionsPage(file: string): string {
  const document = parseDocument(readFileSync(file, 'utf8'));
  const permissions = document.get('default_permissions');
  const events = document.get('default_events');
  const permissionRows = isMap(permissions)
    ? permissions.items.map(({ key, value }, index) => [
        toCode(String(key)),
        String(value),
        reason(index === 0 ? permissions : null, key),
      ])
    : [];
  const eventRows = isSeq(events)
    ? events.items.map((item, index) => [toCode(String(item)), reason(index === 0 ? events : null, item)])
    : [];
  return toPage(
    'GitHub permissions',
    'What the App asks for when it is installed, from [app.yml](../../app.yml), and why. Nothing is asked in advance.',
    [
      `## Permissions\n\n${toTable(['permission', 'access', 'why'], [...permissionRows, ...toOptionalRows(permissions)])}`,
      `## Events\n\n${toTable(['event', 'why'], eventRows)}`,
    ],
  );
}

/** What may be taken in as well stands as comments below the others: the reason of each, and then the line itself. */
function toOptionalRows(block: unknown): string[][] {
  const comment = isMap(block) ? (block.comment ?? '') : '';
  const rows: string[][] = [];
  let why: string[] = [];
  for (const line of comment.split('\n').map((text) => text.trim())) {
    const { name, access } = /^(?<name>[a-z_]+): (?<access>read|write)$/.exec(line)?.groups ?? {};
    if (name === undefined || access === undefined) {
      why.push(line);
    } else {
      rows.push([toCode(name), `${access}, optional`, why.join('\n').trim()]);
      why = [];
    }
  }
  return rows;
}

/** YAML gives the comment above the first line of a block to the block. */
function reason(block: { commentBefore?: string | null } | null, node: unknown): string {
  const own = isScalar(node) ? node.commentBefore : null;
  return (own ?? block?.commentBefore ?? '').trim();
}
