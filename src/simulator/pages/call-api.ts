import { z } from 'zod';
import type { Account } from '../state/account.ts';
import type { World } from '../state/world.ts';

export type ApiRequest = {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body: unknown;
};

export type CallApi = (user: Account, request: ApiRequest) => Promise<Response>;

type Fetch = (path: string, init: RequestInit) => Response | Promise<Response>;

const refusal = z.object({
  message: z.string(),
  errors: z
    .array(
      z.object({ message: z.string().optional(), field: z.string().optional(), code: z.string().optional() }),
    )
    .optional(),
});
const graphqlRefusal = z.object({ errors: z.array(z.object({ message: z.string() })) });

/** The API called from our own pages, inside the process: same routes, same rights, same limits. */
export function openApiCaller(world: World, fetch: Fetch): CallApi {
  return async (user, request) => {
    const token = [...world.tokens].find(
      ([, { actor }]) => actor.kind === 'user' && actor.account.id === user.id,
    )?.[0];
    return fetch(request.path, {
      method: request.method,
      headers: { authorization: `token ${token ?? ''}`, 'content-type': 'application/json' },
      ...(request.body === null ? {} : { body: JSON.stringify(request.body) }),
    });
  };
}

/** Why the API said no, in words for a person; null when it did not. */
export async function findRefusal(answer: Response): Promise<string | null> {
  if (answer.status === 204) {
    return null;
  }
  const body: unknown = await answer.json();
  if (answer.ok) {
    const failed = graphqlRefusal.safeParse(body);
    return failed.success ? (failed.data.errors[0]?.message ?? 'Refused') : null;
  }
  const parsed = refusal.safeParse(body);
  if (!parsed.success) {
    return `The request was refused with status ${answer.status}.`;
  }
  const details = (parsed.data.errors ?? []).map((error) => error.message ?? `${error.field}: ${error.code}`);
  return [parsed.data.message, ...details].join('\n');
}
