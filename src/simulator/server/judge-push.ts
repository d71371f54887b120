import { inQuarantine } from '../git/quarantine.ts';
import { ZERO_SHA } from '../git/refs.ts';
import { GitFailed } from '../git/run-git.ts';
import { findNewWorkflowFile } from '../git/workflow-files.ts';
import type { Act } from '../operations/act.ts';
import { toWorkflowRefusal } from '../operations/workflow-right.ts';
import type { PushRequest } from './push-request.ts';

/** Why refs of a push are refused before git sees it; empty when it may go on. */
export async function judgePush(act: Act, push: PushRequest): Promise<ReadonlyMap<string, string>> {
  const { git } = act.repository;
  const written = push.changes.filter((change) => change.after !== ZERO_SHA);
  if (written.length === 0 || push.pack.length === 0) {
    return new Map();
  }
  try {
    return await inQuarantine(git, push.pack, async (environment) => {
      const reasons = new Map<string, string>();
      for (const { ref, after } of written) {
        const path = await findNewWorkflowFile(git, after, environment);
        if (path !== null) {
          reasons.set(ref, toWorkflowRefusal(path));
        }
      }
      return reasons;
    });
  } catch (error) {
    // What git cannot read here it refuses itself, in its own words.
    if (error instanceof GitFailed) {
      return new Map();
    }
    throw error;
  }
}
