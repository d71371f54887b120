import type { SurfaceInput } from '../../domain/surface.ts';

/** The comment that answers an intent; owned by the intent's key, so an intent is answered once. */
export function answer(...paragraphs: readonly string[]): SurfaceInput {
  return { kind: 'comment', key: 'answer', body: paragraphs.filter((text) => text !== '').join('\n\n') };
}
