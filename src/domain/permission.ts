/** Repository roles in rising order, by GitHub's own words. A custom role counts as none until it is mapped. */
export const PERMISSIONS = ['none', 'read', 'triage', 'write', 'maintain', 'admin'] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** Whether `held` is `required` or better. */
export function allows(held: Permission, required: Permission): boolean {
  return PERMISSIONS.indexOf(held) >= PERMISSIONS.indexOf(required);
}
