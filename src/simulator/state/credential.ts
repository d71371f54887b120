import type { NamedActor } from './actor.ts';

/** What a token stands for. `expiresAt` is in milliseconds since the epoch; user tokens do not expire. */
export type Credential = { readonly actor: NamedActor; readonly expiresAt: number | null };
