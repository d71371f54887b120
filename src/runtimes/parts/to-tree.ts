import type { Brief } from '../../domain/brief.ts';
import type { AgentPlace } from '../../ports/agent-runtime.ts';
import type { SandboxedCommand } from '../../ports/sandbox.ts';

/**
 * The tree of an agent whose own tools cannot be chosen one by one: a role that has no tool which writes finds one that
 * cannot be written to, and a role without tools finds none.
 */
export function toTree(
  { access, role }: Pick<Brief, 'access' | 'role'>,
  { tree }: Pick<AgentPlace, 'tree'>,
): SandboxedCommand['tree'] | null {
  if (tree === null || access === 'none' || role.tools.length === 0) {
    return null;
  }
  const mayWrite = access === 'write' && (role.tools.includes('edit') || role.tools.includes('bash'));
  return { path: tree.path, access: mayWrite ? 'write' : 'read' };
}
