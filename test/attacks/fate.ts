import type { Expectation } from './expectations.ts';

/** What became of an attack. One that never reached its aim has shown nothing. */
export type Fate =
  | { readonly kind: 'blocked' }
  | { readonly kind: 'got-through'; readonly why: readonly Expectation[] }
  | { readonly kind: 'not-tried'; readonly why: string };

export function toFate(expectations: readonly Expectation[]): Fate {
  const why = expectations.filter(({ holds }) => !holds);
  return why.length === 0 ? { kind: 'blocked' } : { kind: 'got-through', why };
}

/** In words that say what was expected and what was seen. */
export function tell(fate: Fate): string {
  switch (fate.kind) {
    case 'blocked':
      return 'blocked';
    case 'not-tried':
      return `not tried: ${fate.why}`;
    case 'got-through':
      return `got through:\n${fate.why.map(({ expected, seen }) => `- expected ${expected}; seen ${seen.replaceAll(/\s+/g, ' ')}`).join('\n')}`;
  }
}
