import type { RunningRun } from '../domain/run.ts';
import type { Answer } from '../domain/step-kind.ts';
import type { Pushed } from '../ports/workspace.ts';

type Unpushed = Exclude<Pushed, { kind: 'pushed' }>;

/** Why a checkpoint could not be pushed, and what a person can do: trying again does not help. */
export function toUnpushed(
  { order: { branch }, head, base }: RunningRun,
  unpushed: Unpushed,
): Extract<Answer, { kind: 'broke' }> {
  switch (unpushed.kind) {
    case 'moved':
      return {
        kind: 'broke',
        summary: `the branch ${branch} was moved by somebody else, to ${unpushed.to ?? 'nothing (it was deleted)'}`,
        remedy:
          head === base.sha
            ? `Delete the branch ${branch} and retry, or cancel the run.`
            : `Put the branch ${branch} back to ${head} and retry, or cancel the run.`,
        retriable: false,
      };
    case 'forbidden':
      return {
        kind: 'broke',
        summary: `GitHub refused the work, because it changes ${unpushed.path} and this App has no permission for workflows`,
        remedy:
          'Either retry with the guidance to leave .github/workflows alone, or give the App the permission "workflows: write" (docs/guides/workflow-files.md says how) and retry.',
        retriable: false,
      };
  }
}
