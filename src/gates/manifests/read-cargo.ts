import { parse } from 'smol-toml';
import { z } from 'zod';

const FIELDS = ['dependencies', 'dev-dependencies', 'build-dependencies'];

const tree = z.record(z.string(), z.unknown()).catch({});
const dependency = z.object({ package: z.string().optional(), workspace: z.boolean().optional() }).catch({});

/**
 * The packages that a Cargo.toml asks for, by the names that they have in the registry and in Cargo.lock. What it takes over
 * from its workspace, the workspace asks for. @throws when it cannot be read.
 */
export function readCargo(text: string): readonly string[] {
  const manifest = parse(text);
  const targets = Object.values(tree.parse(manifest['target'])).map((one) => tree.parse(one));
  return [manifest, tree.parse(manifest['workspace']), ...targets]
    .flatMap((table) => FIELDS.flatMap((field) => Object.entries(tree.parse(table[field]))))
    .flatMap(([name, value]) => {
      const { package: renamed, workspace } = dependency.parse(value);
      return workspace === true ? [] : [renamed ?? name];
    });
}
