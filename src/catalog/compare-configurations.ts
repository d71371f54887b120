import type { Role } from '../domain/role.ts';
import type { Workflow } from '../domain/workflow.ts';
import type { RepositoryCatalog } from './read-repository-catalog.ts';

const LONGEST_VALUE = 120;

/** What is set otherwise after a change than before it, in words. Before it there may be nothing that can be read. */
export function compareConfigurations(
  before: RepositoryCatalog | null,
  after: RepositoryCatalog,
): readonly string[] {
  return [
    ...compareSettings(before?.settings ?? {}, after.settings),
    ...compareNamed(
      'workflow',
      before?.catalog.workflows ?? new Map<string, Workflow>(),
      after.catalog.workflows,
    ),
    ...compareNamed('role', before?.catalog.roles ?? new Map<string, Role>(), after.catalog.roles),
  ];
}

function compareSettings(before: object, after: object): readonly string[] {
  const [old, now] = [toLeaves(before), toLeaves(after)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((key) => old.get(key) !== now.get(key))
    .toSorted()
    .map((key) => `\`${key}\`: ${toWords(old.get(key))} becomes ${toWords(now.get(key))}`);
}

/** Each value by the keys that lead to it. A list is a value. */
function toLeaves(value: object, path: readonly string[] = []): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
      const here = [...path, key];
      return typeof inner === 'object' && inner !== null && !Array.isArray(inner)
        ? [...toLeaves(inner, here)]
        : [[here.join('.'), JSON.stringify(inner) ?? ''] as const];
    }),
  );
}

function toWords(value: string | undefined): string {
  return value === undefined ? 'nothing' : `\`${value.slice(0, LONGEST_VALUE).replaceAll('`', "'")}\``;
}

function compareNamed(
  what: string,
  before: ReadonlyMap<string, unknown>,
  after: ReadonlyMap<string, unknown>,
): readonly string[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].toSorted();
  return names.flatMap((name) => {
    const [old, now] = [before.get(name), after.get(name)].map((one) => JSON.stringify(one));
    return old === now ? [] : [`the ${what} \`${name}\` ${toHow(old, now)}`];
  });
}

function toHow(before: string | undefined, after: string | undefined): string {
  if (before === undefined) {
    return 'is new';
  }
  return after === undefined ? 'is gone' : 'is changed';
}
