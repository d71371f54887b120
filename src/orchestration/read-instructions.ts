import {
  INSTRUCTION_FILES,
  MAX_INSTRUCTION_BYTES,
  type RepositoryInstruction,
} from '../domain/repository-instructions.ts';
import type { RunningRun } from '../domain/run.ts';
import type { Workspace } from '../ports/workspace.ts';

/**
 * What the repository says about work in it, at the base commit of the run: what an agent or the author of a pull
 * request writes into these files must not speak to the next agent.
 */
export async function readInstructions(
  { order, base }: RunningRun,
  workspace: Pick<Workspace, 'readText'>,
): Promise<readonly RepositoryInstruction[]> {
  const files = await Promise.all(
    INSTRUCTION_FILES.map(async (path): Promise<readonly RepositoryInstruction[]> => {
      const file = { path, maxBytes: MAX_INSTRUCTION_BYTES };
      const found = await workspace.readText(order.subject.repository, base.sha, file);
      switch (found.kind) {
        case 'absent':
          return [];
        case 'refused':
          return [{ kind: 'left-out', path, why: `it ${found.why}` }];
        case 'read':
          return found.text.trim() === '' ? [] : [{ kind: 'read', path, text: found.text }];
      }
    }),
  );
  return files.flat();
}
