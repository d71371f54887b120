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

const withPage = z.object({ html_url: z.url() });
const refusal = z.object({
  message: z.string().optional(),
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

/** How a call went: where the page of its result is, or why the API said no, in words for a person. */
export type ApiOutcome = { readonly page: string | null; readonly refusal: string | null };

/** Reads the answer to a call. */
export async function readOutcome(answer: Response): Promise<ApiOutcome> {
  const body: unknown = answer.status === 204 ? null : await answer.json();
  const failed = graphqlRefusal.safeParse(body);
  if (answer.ok && !failed.success) {
    const shown = withPage.safeParse(body);
    return { page: shown.success ? toPath(shown.data.html_url) : null, refusal: null };
  }
  return { page: null, refusal: toRefusal(answer.status, body) };
}

function toPath(url: string): string {
  const { pathname, hash } = new URL(url);
  return `${pathname}${hash}`;
}

function toRefusal(status: number, body: unknown): string {
  const parsed = refusal.safeParse(body);
  if (!parsed.success) {
    return `The request was refused with status ${status}.`;
  }
  const { message, errors = [] } = parsed.data;
  const details = errors.map((error) => error.message ?? `${error.field}: ${error.code}`);
  return [...(message === undefined ? [] : [message]), ...details].join('\n');
}
