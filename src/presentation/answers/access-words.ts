import { PERMISSIONS, type Permission } from '../../domain/permission.ts';

/** Who has a permission, in general terms: `**write** access (or maintain, admin)`. */
export function accessWords(requires: Permission): string {
  const better = PERMISSIONS.slice(PERMISSIONS.indexOf(requires) + 1);
  return `**${requires}** access${better.length === 0 ? '' : ` (or ${better.join(', ')})`}`;
}
