import type { Answer } from '../../domain/answer.ts';
import type { Command } from '../../domain/command.ts';
import type { Intent } from '../../domain/intent.ts';
import { allows } from '../../domain/permission.ts';
import type { SurfaceInput } from '../../domain/surface.ts';
import { type Progress, reactionTo } from '../reactions.ts';
import { toComment } from './to-comment.ts';

/** The reaction that goes with an answer; none where the comment is all that was asked for. */
const PROGRESS: Readonly<Record<Answer['kind'], Progress | null>> = {
  accepted: 'done',
  status: null,
  explanation: null,
  debt: null,
  help: null,
  refused: 'refused',
  unsure: 'refused',
  closed: 'refused',
  'nothing-to-steer': 'refused',
  unreadable: 'refused',
  ignored: 'refused',
  misspelt: 'refused',
  unvouched: 'refused',
};

/** Where nobody waits for an answer. */
const UNASKED: ReadonlySet<Intent['source']['kind']> = new Set(['withdrawal', 'pull-request', 'team']);

/** What is shown as soon as an intent is seen, before anything is done. */
export function acknowledge(intent: Intent): readonly SurfaceInput[] {
  return present([reactionTo(intent.source, 'seen')]);
}

/** The answer to an intent: a reaction where it came from, and a comment when there is something to say. */
export function answerIntent(
  intent: Intent,
  answer: Answer,
  commands: readonly Command[],
): readonly SurfaceInput[] {
  // Closing an issue, taking a label off or opening a pull request is no question.
  if (UNASKED.has(intent.source.kind)) {
    return [];
  }
  const progress = PROGRESS[answer.kind];
  return present([
    progress === null ? null : reactionTo(intent.source, progress),
    isWorthWords(intent, answer) ? toComment(intent, answer, commands) : null,
  ]);
}

/** Whoever may not even ask gets at most one comment per comment, and none for what is open to any role. */
function isWorthWords({ requires, source }: Intent, answer: Answer): boolean {
  return (
    answer.kind !== 'refused' ||
    (allows(requires, 'write') && (source.kind !== 'comment' || source.ordinal === 0))
  );
}

function present(surfaces: readonly (SurfaceInput | null)[]): SurfaceInput[] {
  return surfaces.filter((surface) => surface !== null);
}
