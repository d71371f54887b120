/** A package's name as registries compare it: to Python, `Foo_Bar` and `foo-bar` are one. */
export function toComparable(name: string): string {
  return name.toLowerCase().replaceAll('_', '-');
}
