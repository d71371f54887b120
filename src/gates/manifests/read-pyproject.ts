import { parse } from 'smol-toml';
import { z } from 'zod';
import { toRequirement } from './read-requirements.ts';

const tree = z.record(z.string(), z.unknown()).catch({});
const texts = z.array(z.string()).catch([]);
const lists = z.record(z.string(), texts).catch({});

/** The packages that a pyproject.toml asks for. @throws when it cannot be read. */
export function readPyproject(text: string): readonly string[] {
  const { tool, 'build-system': build } = parse(text);
  const environments = Object.values(tree.parse(tree.parse(tree.parse(tool)['hatch'])['envs']));
  const unlocked = [
    ...environments.flatMap((one) => {
      const { dependencies, 'extra-dependencies': extra } = tree.parse(one);
      return [...texts.parse(dependencies), ...texts.parse(extra)];
    }),
    ...texts.parse(tree.parse(build)['requires']),
  ];
  return [...readLockedPyproject(text), ...unlocked.flatMap(toRequirement)];
}

/**
 * Those of them that uv, Poetry and PDM lock: what builds the package, and the environments of Hatch, are in no lock file.
 * @throws when it cannot be read.
 */
export function readLockedPyproject(text: string): readonly string[] {
  const { project, tool, 'dependency-groups': shared } = parse(text);
  const { dependencies, 'optional-dependencies': optional } = tree.parse(project);
  const { poetry, uv, pdm } = tree.parse(tool);
  const { group, ...plain } = tree.parse(poetry);
  const asked = [
    texts.parse(dependencies),
    ...Object.values(lists.parse(optional)),
    ...Object.values(tree.parse(shared)).map((one) => texts.parse(one)),
    texts.parse(tree.parse(uv)['dev-dependencies']),
    ...Object.values(lists.parse(tree.parse(pdm)['dev-dependencies'])),
  ].flat();
  return [
    ...asked.flatMap(toRequirement),
    ...[plain['dependencies'], plain['dev-dependencies']].flatMap(keysOf).filter((name) => name !== 'python'),
    ...Object.values(tree.parse(group)).flatMap((one) => keysOf(tree.parse(one)['dependencies'])),
  ];
}

function keysOf(table: unknown): readonly string[] {
  return Object.keys(tree.parse(table));
}
