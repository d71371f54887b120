import { toPlainText } from '../markdown/to-plain-text.ts';

/** More phases in one heading than a plan has. */
const MAX_SPAN = 50;

/** What the heading of a phase says; `wrong` goes on from "this heading". */
export type PhaseHeading =
  | { readonly kind: 'phase'; readonly numbers: readonly number[]; readonly name: string }
  | { readonly kind: 'wrong'; readonly why: string };

const PHASE = /^phases?\s+(\d{1,3})(?:\s*(?:-|–|—|to)\s*(\d{1,3}))?\s*(?:[:.–—-]\s*(.*))?$/i;

/** Reads `Phase 2: name`, `Phase 2 - name` and `Phase 2-4: name`. */
export function readPhaseHeading(text: string): PhaseHeading {
  const [, from, to, name = ''] = PHASE.exec(toPlainText(text)) ?? [];
  if (from === undefined) {
    return { kind: 'wrong', why: 'does not say which phase it is' };
  }
  const first = Number(from);
  const last = to === undefined ? first : Number(to);
  if (last < first) {
    return { kind: 'wrong', why: `counts backwards, from ${first} to ${last}` };
  }
  if (last - first >= MAX_SPAN) {
    return { kind: 'wrong', why: `stands for more than ${MAX_SPAN} phases` };
  }
  if (name.trim() === '') {
    return { kind: 'wrong', why: 'does not say what the phase is about' };
  }
  const numbers = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  return { kind: 'phase', numbers, name: name.trim() };
}
