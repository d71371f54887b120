import picomatch from 'picomatch';
import type { Order } from '../domain/run.ts';
import type { Workspace } from '../ports/workspace.ts';

/** What a repository lets its team write to. */
interface Limits {
  readonly order: Order;
  readonly settings: { readonly team: { readonly branches: readonly string[] } };
}

/** The same workspace; a run of the team pushes to no branch but those that the repository allows it. */
export function limitBranches(workspace: Workspace, { order, settings }: Limits): Workspace {
  const { member } = order;
  if (member === undefined) {
    return workspace;
  }
  const { branches } = settings.team;
  const isAllowed = picomatch([...branches]);
  return {
    ...workspace,
    async push(request) {
      if (!isAllowed(request.branch)) {
        throw new Error(
          `${member} may not write to the branch ${request.branch}: team.branches in .github/baton.yml allows ` +
            `${branches.join(', ')}. Nothing was pushed. Add the branch there, or have a person start the run.`,
        );
      }
      return workspace.push(request);
    },
  };
}
