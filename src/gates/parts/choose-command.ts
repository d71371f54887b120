import { z } from 'zod';
import type { Evidence } from '../../domain/evidence.ts';

/** Which command to run, or why there is none. */
export type ChosenCommand =
  | { readonly kind: 'run'; readonly command: string }
  | { readonly kind: 'absent'; readonly reason: string }
  | { readonly kind: 'unreadable'; readonly reason: string };

const manifestSchema = z.object({ scripts: z.record(z.string(), z.unknown()).default({}) });

/** What `npm init` writes as the test script: the repository has no tests. */
const NO_TESTS = 'Error: no test specified';

/** The command of a check, from the profile and the scripts of the base commit: never from the change. */
export async function chooseCommand(evidence: Evidence, check: string): Promise<ChosenCommand> {
  const { profile } = evidence;
  if (profile === null) {
    return { kind: 'absent', reason: 'No profile fits the files of the base commit.' };
  }
  const source = profile.checks[check];
  if (source === undefined) {
    return { kind: 'absent', reason: `The profile ${profile.name} has no check named ${check}.` };
  }
  if ('command' in source) {
    return { kind: 'run', command: source.command };
  }
  const manifest = await evidence.readFile('base', 'package.json');
  if (manifest === null) {
    return { kind: 'absent', reason: 'The base commit has no package.json.' };
  }
  return chooseScript(manifest, source.scripts);
}

function chooseScript(manifest: Uint8Array, names: readonly string[]): ChosenCommand {
  const scripts = parseScripts(manifest);
  if (scripts === null) {
    return { kind: 'unreadable', reason: 'package.json of the base commit is not readable JSON.' };
  }
  for (const name of names) {
    const script = Object.hasOwn(scripts, name) ? scripts[name] : undefined;
    if (typeof script === 'string' && script.trim() !== '' && !script.includes(NO_TESTS)) {
      return { kind: 'run', command: script };
    }
  }
  const wanted = names.map((name) => `\`${name}\``).join(', ');
  return { kind: 'absent', reason: `package.json of the base commit has none of the scripts ${wanted}.` };
}

function parseScripts(manifest: Uint8Array): Readonly<Record<string, unknown>> | null {
  try {
    const parsed = manifestSchema.safeParse(JSON.parse(new TextDecoder().decode(manifest)));
    return parsed.success ? parsed.data.scripts : null;
  } catch {
    return null;
  }
}
