/** Whether the head of a pull request lies in another repository. That of a fork which was deleted is null. */
export function isFork(
  head: { readonly repo: { readonly id: number } | null },
  base: { readonly id: number },
): boolean {
  return head.repo?.id !== base.id;
}
