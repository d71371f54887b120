import type { Environment } from './read-values.ts';

/** The runtimes that may be asked, as they were given. */
export function namedRuntimes(environment: Environment): readonly string[] {
  const { BATON_RUNTIME: asked = '', BATON_RUNTIME_CHOICES: others = '' } = environment;
  const names = `${asked},${others}`.split(',').map((name) => name.trim());
  return [...new Set(names.filter((name) => name !== ''))];
}
