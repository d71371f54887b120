import { z } from 'zod';
import type { Scene } from './scene.ts';
import type { Ticket } from './ticket.ts';

const shown = z.object({
  name: z.string(),
  actions: z.array(z.object({ label: z.string(), description: z.string(), identifier: z.string() })),
});
/** A button as GitHub shows it. */
export type Shown = z.infer<typeof shown>['actions'][number];

/** The buttons with which a check run of this issue was last written. */
export function buttonsOf(scene: Scene, ticket: Ticket, check: string): readonly Shown[] {
  const written = scene.stage.simulator.ledger().flatMap(({ kind, path, body }) => {
    const parsed = shown.safeParse(body);
    const isHere = kind.startsWith('checks/') && path.includes(`/${ticket.place.owner}/`);
    return isHere && parsed.success && parsed.data.name === check ? [parsed.data.actions] : [];
  });
  return written.at(-1) ?? [];
}

/** Presses a button of the newest check run of that name, as GitHub's pages do. Throws when there is no such button. */
export async function press(
  scene: Scene,
  ticket: Ticket,
  { as, check, identifier }: { readonly as: string; readonly check: string; readonly identifier: string },
): Promise<void> {
  const [branch] = await ticket.branches();
  const checks = await ticket.checks(branch?.commit.sha ?? '');
  const waiting = checks.find(({ name, conclusion }) => name === check && conclusion === 'action_required');
  await scene.stage.as(as).request('POST /repos/{owner}/{repo}/check-runs/{id}/requested_action', {
    ...ticket.place,
    id: waiting?.id ?? 0,
    identifier,
  });
}
