import { amountOf } from '../domain/amount-of.ts';
import type { Finding } from '../domain/finding.ts';
import { clip } from './clip.ts';
import { code } from './fence.ts';
import { inline } from './inline.ts';

const MAX_LISTED = 20;
const MAX_MESSAGE = 400;
const MAX_PATH = 200;

/** Findings as a list, the first twenty of them; empty when there are none. */
export function listFindings(findings: readonly Finding[]): string {
  const lines = findings.slice(0, MAX_LISTED).map(toLine);
  const left = findings.length - lines.length;
  return [...lines, ...(left > 0 ? [`- … and ${left} more`] : [])].join('\n');
}

/** Such as `3 findings`. */
export function countFindings(findings: readonly Finding[]): string {
  return amountOf(findings.length, 'finding');
}

function toLine({ path, line, message, severity }: Finding): string {
  const end = line === undefined ? '' : `:${line}`;
  const place = path === undefined ? '' : ` ${code(`${clip(path, MAX_PATH)}${end}`)}`;
  return `- **${severity}**${place}: ${inline(message, MAX_MESSAGE)}`;
}
