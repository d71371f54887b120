import type { Deed } from './deed.ts';
import type { Sight } from './sight.ts';

/** Yes to the approvals of a member's own runs, where the repository lets it. A security hold and a question never are. */
export function approveOwn(member: string, { own, runs }: Pick<Sight, 'own' | 'runs'>): readonly Deed[] {
  return runs.flatMap(({ id, member: by, number, hold }) =>
    own.autoApprove && by === member && hold?.kind === 'approval'
      ? [{ kind: 'approve', key: `approve:${id}:${hold.digest}`, number, digest: hold.digest } as const]
      : [],
  );
}
