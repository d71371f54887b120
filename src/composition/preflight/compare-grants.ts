import type { Grants } from '../../github/inspect-app.ts';

const RANKS = ['read', 'write', 'admin'];

/** `name: access` of what is wanted and not there, and of what is there beyond that. */
export function compareGrants(
  given: Grants,
  wanted: Grants,
): { readonly missing: readonly string[]; readonly surplus: readonly string[] } {
  return { missing: beyond(wanted, given), surplus: beyond(given, { ...wanted, ...OPTIONAL }) };
}

/** Granted where Baton is to work on pipelines. */
const OPTIONAL: Grants = { workflows: 'write' };

function beyond(more: Grants, than: Grants): readonly string[] {
  return Object.entries(more)
    .filter(([name, access]) => RANKS.indexOf(access) > RANKS.indexOf(than[name] ?? 'none'))
    .map(([name, access]) => `${name}: ${access}`);
}
