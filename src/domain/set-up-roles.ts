import type { AgentSettings } from './agent-settings.ts';
import type { Offer } from './offer.ts';
import type { Role } from './role.ts';
import { toSetup } from './setup.ts';
import type { Definition } from './workflow.ts';

/** The definition with what its roles are asked with, as the operator offers and the repository chooses it now. */
export function setUpRoles(
  definition: Definition,
  agents: Readonly<Record<string, AgentSettings>>,
  offer: Offer,
): Definition {
  const named = Object.entries(definition.roles).map(([name, role]) => {
    const own = Object.hasOwn(agents, name) ? (agents[name] ?? {}) : {};
    return { name, role: withTools(role, own), setup: toSetup(role, own, offer) };
  });
  return {
    ...definition,
    roles: Object.fromEntries(named.map(({ name, role }) => [name, role])),
    setups: Object.fromEntries(named.flatMap(({ name, setup }) => (setup === null ? [] : [[name, setup]]))),
  };
}

/** A repository takes tools away; it gives none. */
function withTools(role: Role, { tools }: AgentSettings): Role {
  return tools === undefined ? role : { ...role, tools: role.tools.filter((tool) => tools.includes(tool)) };
}
