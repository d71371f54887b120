import type { Annotation } from '../../domain/surface.ts';
import { clip, clipLine } from './clip.ts';
import { withoutMarkers } from './markers.ts';
import type { SurfaceOf } from './surface-of.ts';

/** GitHub takes 50 annotations per request and adds each lot to those it has. */
const LOT = 50;
const MAX_ANNOTATIONS = 500;
const MAX_TEXT_BYTES = 65_000;
const MAX_LINE_BYTES = 255;
const MAX_MESSAGE_BYTES = 60_000;

/** What a check run says, within GitHub's limits. */
export function toOutput(surface: SurfaceOf<'check-run'>) {
  const hidden = surface.annotations.length - MAX_ANNOTATIONS;
  const rest = hidden > 0 ? `\n\n${hidden} more annotations are not shown.` : '';
  const room = MAX_TEXT_BYTES - Buffer.byteLength(rest);
  return {
    title: clipLine(surface.title, MAX_LINE_BYTES),
    summary: `${clip(withoutMarkers(surface.summary), room)}${rest}`,
    ...(surface.text === undefined ? {} : { text: clip(withoutMarkers(surface.text), MAX_TEXT_BYTES) }),
  };
}

export function toState({ conclusion }: SurfaceOf<'check-run'>) {
  return { status: 'completed' as const, conclusion };
}

/** The annotations that are sent at all. */
export function toShownAnnotations(annotations: readonly Annotation[]) {
  return annotations.slice(0, MAX_ANNOTATIONS).map(toApiAnnotation);
}

/** What goes into one request each; at least one lot, which may be empty. */
export function toLots<Item>(annotations: readonly Item[]): Item[][] {
  const count = Math.max(1, Math.ceil(annotations.length / LOT));
  return Array.from({ length: count }, (_, index) => annotations.slice(index * LOT, (index + 1) * LOT));
}

function toApiAnnotation({ path, line, level, message }: Annotation) {
  return {
    path,
    start_line: line,
    end_line: line,
    annotation_level: level,
    message: clip(message, MAX_MESSAGE_BYTES),
  };
}
