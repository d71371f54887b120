import type { RequestPermissionRequest, RequestPermissionResponse, ToolKind } from '@agentclientprotocol/sdk';
import type { Brief } from '../../domain/brief.ts';
import type { Role } from '../../domain/role.ts';

type Permission = Role['tools'][number];

/** Which of a role's tools is enough for a tool of an agent, by its kind. A command can do what the others can. */
const NEEDS: Readonly<Record<ToolKind, readonly Permission[] | 'nothing'>> = {
  think: 'nothing',
  read: ['read', 'edit', 'bash'],
  search: ['read', 'search', 'edit', 'bash'],
  edit: ['edit', 'bash'],
  delete: ['edit', 'bash'],
  move: ['edit', 'bash'],
  execute: ['bash'],
  other: ['bash'],
  // There is no network, and its way of working is not for it to change.
  fetch: [],
  switch_mode: [],
};

const WRITES: readonly ToolKind[] = ['edit', 'delete', 'move'];

/** What an agent is told that asks whether it may: what the role and its access say. What is allowed is allowed once. */
export function answerPermission(
  { toolCall, options }: Pick<RequestPermissionRequest, 'toolCall' | 'options'>,
  brief: Pick<Brief, 'access' | 'role'>,
): RequestPermissionResponse {
  const kinds = mayUse(toolCall.kind ?? 'other', brief)
    ? (['allow_once', 'allow_always'] as const)
    : (['reject_once', 'reject_always'] as const);
  const chosen = kinds.flatMap((kind) => options.find((option) => option.kind === kind) ?? [])[0];
  return {
    outcome:
      chosen === undefined ? { outcome: 'cancelled' } : { outcome: 'selected', optionId: chosen.optionId },
  };
}

function mayUse(kind: ToolKind, { access, role }: Pick<Brief, 'access' | 'role'>): boolean {
  const needs = NEEDS[kind];
  if (needs === 'nothing') {
    return true;
  }
  const isOpen = access === 'write' || (access === 'read' && !WRITES.includes(kind));
  return isOpen && needs.some((needed) => role.tools.includes(needed));
}
