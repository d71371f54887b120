/** Something that a task does not do: what, where, and what would help. The asker reads it as it is. */
export class TaskRefusal extends Error {
  override readonly name = 'TaskRefusal';

  constructor({
    what,
    where,
    remedy,
  }: { readonly what: string; readonly where: string; readonly remedy: string }) {
    super(`${what} (${where}). ${remedy}`);
  }
}
