import type { Catalog } from '../catalog/catalog.ts';
import { listModels, type Offer } from '../domain/offer.ts';
import type { GateUse } from '../domain/step-kind.ts';
import type { Step } from '../domain/workflow.ts';
import type { KnownNames } from '../metrics/known-names.ts';

/** Checks of a profile that look for weaknesses. */
const SECURITY_CHECKS: readonly unknown[] = ['security', 'audit'];

/** All names of the files that come with the server. A repository's own are not among them. */
export function toKnownNames({ workflows, roles, stepKinds, members }: Catalog, offer: Offer): KnownNames {
  const steps = [...workflows.values()].flatMap((workflow) => withBranches(workflow.steps, stepKinds));
  const uses = steps.flatMap((step) => gatesOf(step, stepKinds));
  return {
    workflows: new Set(workflows.keys()),
    steps: new Set(steps.map(({ id }) => id)),
    roles: new Set(roles.keys()),
    gates: new Set(uses.map(({ name }) => name)),
    securityGates: new Set(uses.filter(isAboutSecurity).map(({ name }) => name)),
    models: new Set(listModels(offer)),
    members: new Set(members.keys()),
  };
}

function withBranches(steps: readonly Step[], stepKinds: Catalog['stepKinds']): readonly Step[] {
  return steps.flatMap((step) => {
    const kind = stepKinds.get(step.kind);
    const branches = kind?.branches(kind.options.parse(step.with)) ?? [];
    return [step, ...withBranches(branches, stepKinds)];
  });
}

function gatesOf(step: Step, stepKinds: Catalog['stepKinds']): readonly GateUse[] {
  const kind = stepKinds.get(step.kind);
  return kind?.gates(kind.options.parse(step.with)) ?? [];
}

function isAboutSecurity({ gate, with: options }: GateUse): boolean {
  return gate === 'secrets' || SECURITY_CHECKS.includes(options['check']);
}
