import type { Role } from './role.ts';

/** A model that may be asked. */
export interface OfferedModel {
  /** By the name that the runtime and the provider know it by. */
  readonly model: string;
  /** The runtime that it is for; null: every one that has no models of its own. */
  readonly runtime: string | null;
}

/** What the operator lets roles be asked with. Nothing else is ever asked, whatever a repository says. */
export interface Offer {
  /** Asked in this order, where nobody chooses otherwise. */
  readonly runtimes: readonly string[];
  /** Those that roles and repositories may choose besides. */
  readonly otherRuntimes: readonly string[];
  /** What the tiers that roles name stand for here, in the order in which they are asked. */
  readonly models: Readonly<Record<Role['model'], readonly OfferedModel[]>>;
  /** Those that repositories may choose besides. */
  readonly otherModels: readonly OfferedModel[];
  /** Most answers of a model in one attempt. */
  readonly turns: number;
}

/** A runtime, and the model that it asks. */
export interface Candidate {
  readonly runtime: string;
  readonly model: string;
}

/** All runtimes that may be chosen. */
export function listRuntimes({ runtimes, otherRuntimes }: Offer): readonly string[] {
  return [...new Set([...runtimes, ...otherRuntimes])];
}

/** All models that may be chosen by name. */
export function listModels(offer: Offer): readonly string[] {
  return [...new Set(allModels(offer).map(({ model }) => model))];
}

/** What a tier stands for, or the one model of that name; nothing when it is not offered. */
export function modelsFor(choice: string, offer: Offer): readonly OfferedModel[] {
  return isTier(choice, offer)
    ? offer.models[choice]
    : allModels(offer).filter(({ model }) => model === choice);
}

/** Which models of those a runtime can ask: where it has models of its own, no other. */
export function modelsOfRuntime(
  runtime: string,
  models: readonly OfferedModel[],
  offer: Offer,
): readonly string[] {
  const hasOwn = allModels(offer).some((one) => one.runtime === runtime);
  const its = models.filter((one) => one.runtime === (hasOwn ? runtime : null));
  return [...new Set(its.map(({ model }) => model))];
}

/** Whether this may be asked. */
export function isOffered({ runtime, model }: Candidate, offer: Offer): boolean {
  return (
    listRuntimes(offer).includes(runtime) && modelsOfRuntime(runtime, allModels(offer), offer).includes(model)
  );
}

function isTier(choice: string, { models }: Offer): choice is Role['model'] {
  return Object.hasOwn(models, choice);
}

function allModels({ models, otherModels }: Offer): readonly OfferedModel[] {
  return [...Object.values(models).flat(), ...otherModels];
}
