import type { Evidence } from '../../domain/evidence.ts';
import { chooseScript } from './choose-script.ts';
import { readManifest, scriptsOf } from './read-manifest.ts';

/** Which command to run, or why there is none. */
export type ChosenCommand =
  | { readonly kind: 'run'; readonly command: string }
  | { readonly kind: 'absent'; readonly reason: string }
  | { readonly kind: 'unreadable'; readonly reason: string };

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
  return chooseFrom(manifest, source.scripts);
}

function chooseFrom(manifest: Uint8Array, names: readonly string[]): ChosenCommand {
  const read = readManifest(new TextDecoder().decode(manifest));
  if (read === null) {
    return { kind: 'unreadable', reason: 'package.json of the base commit is not readable JSON.' };
  }
  const command = chooseScript(scriptsOf(read), names);
  if (command !== null) {
    return { kind: 'run', command };
  }
  const wanted = names.map((name) => `\`${name}\``).join(', ');
  return { kind: 'absent', reason: `package.json of the base commit has none of the scripts ${wanted}.` };
}
