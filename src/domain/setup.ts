import { z } from 'zod';
import type { AgentSettings } from './agent-settings.ts';
import { type Candidate, isOffered, modelsFor, modelsOfRuntime, type Offer } from './offer.ts';
import type { Role } from './role.ts';

/** What a role is asked with, besides its tools. Fixed when its run begins. */
export const setupSchema = z.object({
  /** In the order in which they are asked: the next when the one before fails for reasons of its own. */
  candidates: z.array(z.object({ runtime: z.string(), model: z.string() })).min(1),
  /** Most answers of the model in one attempt. */
  turns: z.int().positive(),
  /** Most minutes of one attempt; only the step's own limit when absent. */
  minutes: z.int().positive().optional(),
});
export type Setup = z.infer<typeof setupSchema>;

/**
 * What a role is asked with: of choices the nearest counts (the repository's, the role's, the operator's), of limits the
 * least. Null when the operator offers nothing that it could be asked with.
 */
export function toSetup(role: Role, own: AgentSettings, offer: Offer): Setup | null {
  const models = modelsFor(own.model ?? role.model, offer);
  const candidates = orderRuntimes(own.runtime ?? role.runtime ?? [], offer)
    .flatMap((runtime) =>
      modelsOfRuntime(runtime, models, offer).map((model): Candidate => ({ runtime, model })),
    )
    .filter((candidate) => isOffered(candidate, offer));
  const minutes = least([own.minutes, role.minutes]);
  return candidates.length === 0
    ? null
    : {
        candidates,
        turns: Math.min(offer.turns, own.turns ?? offer.turns, role.turns ?? offer.turns),
        ...(minutes === null ? {} : { minutes }),
      };
}

/**
 * The same as things stand: what the operator does not offer any more is not asked, also not by a run that began before.
 * When nothing of it is left, the operator's own choice is. Null for runs of an earlier version, which have none.
 */
export function toPresentSetup(setup: Setup | null, role: Role, offer: Offer): Setup | null {
  if (setup === null) {
    return toSetup(role, {}, offer);
  }
  const left = setup.candidates.filter((candidate) => isOffered(candidate, offer));
  const candidates = left.length > 0 ? left : toSetup({ ...role, runtime: undefined }, {}, offer)?.candidates;
  return candidates === undefined ? null : { ...setup, candidates };
}

/** What was chosen comes first. What the operator asks anyhow stays behind it, for when that fails. */
function orderRuntimes(chosen: string | readonly string[], { runtimes }: Offer): readonly string[] {
  return [...new Set([chosen, runtimes].flat())];
}

function least(values: readonly (number | undefined)[]): number | null {
  const given = values.filter((value) => value !== undefined);
  return given.length === 0 ? null : Math.min(...given);
}
