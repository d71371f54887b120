import type { Command } from '../domain/command.ts';
import type { Gate } from '../domain/gate.ts';
import type { Profile } from '../domain/profile.ts';
import type { Role } from '../domain/role.ts';
import type { StepKind } from '../domain/step-kind.ts';
import type { Member } from '../domain/team/member.ts';
import type { Definition, Workflow } from '../domain/workflow.ts';

/** What is made of code. */
export interface PlugIns {
  readonly gates: ReadonlyMap<string, Gate>;
  readonly stepKinds: ReadonlyMap<string, StepKind>;
  readonly commands: ReadonlyMap<string, Command>;
  /** Who can be in a team. */
  readonly members: ReadonlyMap<string, Member>;
}

/** All that Baton can do here, checked together: what one part names, another part is. */
export interface Catalog extends PlugIns {
  readonly workflows: ReadonlyMap<string, Workflow>;
  readonly roles: ReadonlyMap<string, Role>;
  /** In the order of their names; the first that applies to a repository is its profile. */
  readonly profiles: readonly Profile[];
  /** The workflow that a label starts. Like GitHub, it does not tell upper from lower case. */
  workflowForLabel(label: string): Workflow | null;
  /** The workflow with the roles it names, to be kept with a run. Throws when there is no such workflow. */
  define(workflowName: string): Definition;
  /** The same for a workflow that no file holds; null when its steps name what is not there. */
  defineMade(workflow: Workflow): Definition | null;
}
