/** A global id as GraphQL uses it, e.g. `PR_kwAB...`: opaque, but unique to the kind and the number. */
export function toNodeId(kind: string, id: number): string {
  return `${kind}_kw${Buffer.from(`${kind}:${id}`).toString('base64url')}`;
}
