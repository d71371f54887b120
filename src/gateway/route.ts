import type { Provider } from './provider.ts';

/** The form in which a call is asked and answered. */
export type Form = 'messages' | 'chat' | 'responses';

/** A call that the gateway knows. All are POST. */
export interface Route {
  /** Below the base URL; a version in front of it is the provider's. */
  readonly path: string;
  readonly form: Form;
  /** Whether models work for it; counting tokens is free. */
  readonly metered: boolean;
  /** Query parameters that may be passed on. */
  readonly query: string;
}

const ANTHROPIC: readonly Route[] = [
  { path: '/messages', form: 'messages', metered: true, query: '' },
  { path: '/messages/count_tokens', form: 'messages', metered: false, query: '' },
];

const OPENAI: readonly Route[] = [
  { path: '/chat/completions', form: 'chat', metered: true, query: '' },
  { path: '/responses', form: 'responses', metered: true, query: '' },
];

const ROUTES: Readonly<Record<Provider['kind'], readonly Route[]>> = {
  anthropic: ANTHROPIC,
  // They count no tokens in this form.
  bedrock: ANTHROPIC.filter(({ metered }) => metered),
  vertex: ANTHROPIC.filter(({ metered }) => metered),
  openai: OPENAI,
  'openai-compatible': OPENAI,
};

/** The call that a request makes, or null when it is none that the provider is asked here. */
export function findRoute(kind: Provider['kind'], method: string, target: string): Route | null {
  const [path = '', query = ''] = target.split('?', 2);
  const route = ROUTES[kind].find((candidate) => path === `/v1${candidate.path}`);
  if (method !== 'POST' || route === undefined) {
    return null;
  }
  // The one parameter that SDKs add; anything else is left behind.
  return query === 'beta=true' ? { ...route, query: '?beta=true' } : route;
}
