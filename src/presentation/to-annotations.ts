import type { Finding } from '../domain/finding.ts';
import type { Annotation } from '../domain/surface.ts';
import { toVisible } from '../domain/visible.ts';
import { clip } from './clip.ts';

/** GitHub takes fifty annotations with one request, and later requests only ever add. */
const MAX_ANNOTATIONS = 50;
const MAX_MESSAGE = 2000;

const LEVELS = { error: 'failure', warning: 'warning', note: 'notice' } as const;

/** The findings that name a line, as annotations of that line. */
export function toAnnotations(findings: readonly Finding[]): Annotation[] {
  return findings
    .flatMap(({ path, line, message, severity }) =>
      path === undefined || line === undefined
        ? []
        : [{ path, line, level: LEVELS[severity], message: clip(toVisible(message), MAX_MESSAGE) }],
    )
    .slice(0, MAX_ANNOTATIONS);
}
