import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCatalog } from '../../../catalog/read-catalog.ts';
import type { Installer } from '../../../domain/install.ts';
import type { Profile } from '../../../domain/profile.ts';
import type { Sandbox } from '../../../ports/sandbox.ts';
import { toToolPaths } from '../../tool-paths.ts';
import { type Check, type Line, ok, warn } from '../check.ts';

const DIRECTORY = join(import.meta.dirname, '../../../..');
const WITHIN_MS = 3_500;

/** The package managers that profiles install with, as commands in the sandbox find them. */
export const check: Check = {
  name: 'toolchains',
  of: 'settings',
  notAtStart: true,
  async run({ settings, sandbox: open }, signal) {
    if (settings.sandbox === 'none') {
      return [ok('nothing is installed without a sandbox')];
    }
    // That it does not hold is another check's word.
    const [sandbox, { profiles }] = await Promise.all([
      open().catch(() => null),
      readCatalog({ directory: DIRECTORY }),
    ]);
    const tree = await mkdtemp(join(tmpdir(), 'baton-preflight-'));
    try {
      const place = { sandbox, tree, tools: toToolPaths(settings.tools), signal };
      return sandbox === null ? [] : await tryAll(profiles, { ...place, sandbox });
    } finally {
      await rm(tree, { recursive: true, force: true });
    }
  },
};

interface Place {
  readonly sandbox: Sandbox;
  readonly tree: string;
  readonly tools: ReturnType<typeof toToolPaths>;
  readonly signal: AbortSignal;
}

async function tryAll(profiles: readonly Profile[], place: Place): Promise<readonly Line[]> {
  const installers = profiles.flatMap((profile) =>
    (profile.install ?? []).flatMap((install) => ('command' in install ? [{ profile, install }] : [])),
  );
  const missing = await Promise.all(
    installers.map(async ({ profile, install }) =>
      (await works(install, place)) ? [] : [toWarning(profile, install)],
    ),
  );
  const lines = missing.flat();
  return lines.length > 0 ? lines : [ok('the programs of all profiles are found in the sandbox')];
}

async function works({ toolchain }: Installer, { sandbox, tree, tools, signal }: Place): Promise<boolean> {
  const result = await sandbox.run(
    {
      argv: ['/bin/sh', '-c', toolchain],
      tree: { path: tree, access: 'read' },
      readOnly: tools.readOnly,
      path: tools.path,
      timeoutMs: WITHIN_MS,
    },
    signal,
  );
  return result.kind === 'exited' && result.code === 0;
}

function toWarning({ name }: Profile, { toolchain, locks }: Installer): Line {
  return warn(
    `profile ${name}: \`${toolchain}\` does not work, so repositories with ${locks.join(' or ')} are judged without ` +
      'their dependencies',
    'Install these programs system-wide, or name their directory in BATON_TOOLS, if such repositories are worked on.',
  );
}
