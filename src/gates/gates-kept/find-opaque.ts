import { findThresholds, withoutThresholds } from './find-thresholds.ts';
import type { TextChange, Weakening } from './text-change.ts';

/** Sections that say what a package is, and not how it is judged. */
const METADATA =
  /^\[{1,2}(?:project|build-system|metadata|options|tool\.poetry(?!\.\w*scripts)|dependency-groups|tool\.uv)(?:[.:\]])/;

/**
 * Configuration that is code, or whose language says too much to be compared. Any change of it is shown, save one that
 * only moves thresholds to the stricter side or only touches comments.
 */
export function findOpaque({ path, before, after }: TextChange): readonly Weakening[] {
  const change = { path, before: toJudging(path, before), after: toJudging(path, after) };
  const lowered = findThresholds(change);
  if (lowered.length > 0) {
    return lowered;
  }
  const isSame = withoutThresholds(path, change.before ?? '') === withoutThresholds(path, change.after ?? '');
  return isSame
    ? []
    : [{ message: `This file decides how the change is judged, and was ${wordOf(change)}.` }];
}

function wordOf({ before, after }: TextChange): string {
  if (before === null) {
    return 'added';
  }
  return after === null ? 'deleted' : 'changed';
}

/** Of files with sections, only those that tools read. */
function toJudging(path: string, text: string | null): string | null {
  if (text === null || !/(?:^|\/)(?:pyproject\.toml|setup\.cfg)$/.test(path)) {
    return text;
  }
  let isKept = false;
  return text
    .split('\n')
    .filter((line) => {
      isKept = line.startsWith('[') ? !METADATA.test(line) : isKept;
      return isKept;
    })
    .join('\n');
}
