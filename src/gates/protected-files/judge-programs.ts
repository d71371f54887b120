import { z } from 'zod';

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      name: z.string().optional(),
      version: z.string().optional(),
      integrity: z.string().optional(),
      resolved: z.string().optional(),
      bin: z.union([z.string(), z.record(z.string(), z.string())]).optional(),
    }),
  ),
});
type Entry = z.infer<typeof lockSchema>['packages'][string];

/** Programs of the system that commands of gates call, if only by way of others. */
const SYSTEM =
  'awk bash cat cp cut dash diff echo env find git grep head make mkdir mv node npm npx perl pip pip3 pnpm python python3 rm sed sh sort tail tee test tr true uv xargs yarn';

/** A package directly in the root's `node_modules`, whose programs are on the PATH. */
const ON_PATH = /^node_modules\/((?:@[^/]+\/)?[^/]+)$/;

/**
 * What a person should see of a lock file of npm: gates run programs of the packages that it names, so a change of
 * these can change what the gates say. In words, after the file's name. `commands` is the text of the base's scripts.
 */
export function judgePrograms(
  before: string | null,
  after: string | null,
  commands: string,
): readonly string[] {
  const [was, is] = [readPrograms(before), readPrograms(after)];
  const called = new Set([...SYSTEM.split(' '), ...commands.split(/[^\w.@-]+/)]);
  const exchanged = [...was].filter(([name, from]) => is.has(name) && is.get(name) !== from);
  const taken = [...is].filter(([name]) => !was.has(name) && called.has(name));
  return [...exchanged, ...taken]
    .slice(0, 10)
    .map(([name]) => `brings another program ${name}, which gates may run`);
}

/** What each program on the PATH comes from. */
function readPrograms(text: string | null): ReadonlyMap<string, string> {
  const programs = Object.entries(readPackages(text)).flatMap(([path, entry]) => {
    const name = ON_PATH.exec(path)?.[1];
    return name === undefined
      ? []
      : namesOf(name, entry).map((each) => [each, toOrigin(name, entry)] as const);
  });
  return new Map(programs);
}

function namesOf(packageName: string, { bin }: Entry): readonly string[] {
  if (typeof bin === 'string') {
    return [packageName.slice(packageName.indexOf('/') + 1)];
  }
  return Object.keys(bin ?? {});
}

/** One version of one package, whatever its host. What has no checksum is told by where it is from. */
function toOrigin(packageName: string, { name = packageName, version, integrity, resolved }: Entry): string {
  return JSON.stringify([name, version, integrity ?? resolved]);
}

function readPackages(text: string | null): Readonly<Record<string, Entry>> {
  try {
    return lockSchema.parse(JSON.parse(text ?? '')).packages;
  } catch {
    return {};
  }
}
