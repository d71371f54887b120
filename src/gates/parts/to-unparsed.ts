import type { Finding } from '../../domain/finding.ts';

/** What is said of a test file that has a fault in its syntax, or is nested too deeply. */
export function toUnparsed(path: string): Finding {
  const message = `${path} cannot be parsed, so none of its tests counts. Mend its syntax, or nest it less deeply.`;
  return { path, message, severity: 'error' };
}
