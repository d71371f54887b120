/** The rules of a protected branch which the simulator enforces. */
export type BranchProtection = {
  readonly requiredChecks: { readonly strict: boolean; readonly contexts: readonly string[] } | null;
  readonly requiredApprovals: number | null;
  readonly enforceAdmins: boolean;
  readonly allowForcePushes: boolean;
  readonly allowDeletions: boolean;
};
