import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import type { Actor } from '../state/actor.ts';

/** What every API handler finds in its context. Calls made by our own pages have no socket. */
export type ApiEnvironment = {
  Bindings: Partial<HttpBindings>;
  Variables: { actor: Actor };
};

export type Call = Context<ApiEnvironment>;
