import type { Client } from 'pg';

/** A transition that was persisted, under a name that is the same in every run. */
export interface NamedTransition {
  readonly name: string;
  /** The transaction; a few have two transitions. */
  readonly commit: string;
  /** Whether the process was killed after the commit and before the next one. */
  readonly killedAfter: boolean;
}

/** Each once, in the order of their commits. `fatal`: transactions after which the process was killed. */
export async function readTransitions(
  client: Client,
  fatal: ReadonlySet<string>,
): Promise<readonly NamedTransition[]> {
  const { rows } = await client.query<{ name: string; commit: string }>(
    'select name, commit::text from crash.transitions order by n',
  );
  const toKind = toDeliveryKinds(await readDeliveries(client));
  const seen = new Map<string, number>();
  return rows.map(({ name, commit }) => {
    const comparable = toComparable(toKind(name));
    const times = (seen.get(comparable) ?? 0) + 1;
    seen.set(comparable, times);
    return {
      name: times === 1 ? comparable : `${comparable} (${times})`,
      commit,
      killedAfter: fatal.has(commit),
    };
  });
}

async function readDeliveries(client: Client): Promise<readonly { guid: string; kind: string }[]> {
  const { rows } = await client.query<{ guid: string; kind: string }>(
    `select guid, event || '.' || (payload::jsonb ->> 'action') || ' by ' || (payload::jsonb #>> '{sender,login}') as kind
     from baton.deliveries order by received_at`,
  );
  return rows;
}

/** A delivery's GUID is drawn anew in each run; what it says is not. */
function toDeliveryKinds(deliveries: readonly { guid: string; kind: string }[]): (name: string) => string {
  const kinds = new Map(deliveries.map(({ guid, kind }) => [guid, kind]));
  return (name) =>
    name.replaceAll(
      /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g,
      (guid) => kinds.get(guid) ?? '<guid>',
    );
}

/** Without ids that are counted up, times, and what is derived from the time of the order. */
function toComparable(name: string): string {
  return name
    .replaceAll(/\brun-[0-9a-f]{20}\b/g, '<run>')
    .replaceAll(/(baton\/\d+-[a-z0-9-]+)-[0-9a-f]{4}\b/g, '$1-<hash>')
    .replaceAll(/\b(?:[0-9a-f]{40}|[0-9a-f]{12})\b/g, '<commit>')
    .replaceAll(/\b[0-9a-f]{32}\b/g, '<digest>')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)?/g, '<time>')
    .replaceAll(/\b\d{6,}\b/g, '<id>');
}
