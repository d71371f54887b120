import type { Finding } from '../domain/finding.ts';
import { code } from './fence.ts';
import { inline } from './inline.ts';

const MAX_LISTED = 20;
const MAX_MESSAGE = 400;

/** Findings as a list, the first twenty of them; empty when there are none. */
export function listFindings(findings: readonly Finding[]): string {
  const lines = findings.slice(0, MAX_LISTED).map(toLine);
  const left = findings.length - lines.length;
  return [...lines, ...(left > 0 ? [`- … and ${left} more`] : [])].join('\n');
}

/** Such as `3 findings`. */
export function countFindings(findings: readonly Finding[]): string {
  return `${findings.length} finding${findings.length === 1 ? '' : 's'}`;
}

function toLine({ path, line, message, severity }: Finding): string {
  const place = path === undefined ? '' : ` ${code(line === undefined ? path : `${path}:${line}`)}`;
  return `- **${severity}**${place}: ${inline(message, MAX_MESSAGE)}`;
}
