import type { Evidence } from '../../domain/evidence.ts';
import type { Profile } from '../../domain/profile.ts';
import type { ReportFile } from '../../domain/report-file.ts';
import { toComparable } from '../manifests/to-comparable.ts';
import { chooseScript } from './choose-script.ts';
import { packagesOf, readManifest, scriptsOf } from './read-manifest.ts';
import { readText } from './read-text.ts';

/** Which command to run, or why there is none. */
export type ChosenCommand =
  | {
      readonly kind: 'run';
      readonly command: string;
      /** What it writes. */
      readonly reports: readonly ReportFile[];
      /** What to do when its program is missing. */
      readonly install?: string;
    }
  /** The repository does not use the tool of this check. */
  | { readonly kind: 'not-set-up'; readonly reason: string; readonly install: string }
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
    return await chooseTool(evidence, profile, source);
  }
  const manifest = await evidence.readFile('base', 'package.json');
  if (manifest === null) {
    return { kind: 'absent', reason: 'The base commit has no package.json.' };
  }
  return await chooseFrom(evidence, manifest, source);
}

type Fixed = Extract<Profile['checks'][string], { command: string }>;

/** A tool that no manifest names is not asked for: nobody has set it up, and it would say what nobody here has agreed to. */
async function chooseTool(
  evidence: Evidence,
  { manifests = [] }: Profile,
  { command, reports = [], tool, otherwise }: Fixed,
): Promise<ChosenCommand> {
  if (tool === undefined) {
    return { kind: 'run', command, reports };
  }
  const { name, install } = tool;
  const files = await Promise.all(
    manifests.map(async (path) => ({ path, text: await readText(evidence, 'base', path) })),
  );
  if (files.some(({ path, text }) => text !== null && namesPackage(`${path}\n${text}`, name))) {
    return { kind: 'run', command, reports, install };
  }
  return otherwise === undefined
    ? { kind: 'not-set-up', reason: `${name} is not set up on the base branch.`, install }
    : { kind: 'run', command: otherwise, reports: [], install };
}

function namesPackage(text: string, name: string): boolean {
  const words = text.toLowerCase().split(/[^a-z0-9_-]+/);
  return words.map(toComparable).includes(toComparable(name));
}

type Scripted = Exclude<Profile['checks'][string], Fixed>;

async function chooseFrom(
  evidence: Evidence,
  bytes: Uint8Array,
  { scripts: names, reports = [], otherwise = [] }: Scripted,
): Promise<ChosenCommand> {
  const manifest = readManifest(new TextDecoder().decode(bytes));
  if (manifest === null) {
    return { kind: 'unreadable', reason: 'package.json of the base commit is not readable JSON.' };
  }
  const script = chooseScript(scriptsOf(manifest), names);
  if (script !== null) {
    return { kind: 'run', command: script, reports };
  }
  const asked = packagesOf(manifest);
  for (const { package: name, file, command } of otherwise) {
    if (asked.has(name) && (file === undefined || (await evidence.readFile('base', file)) !== null)) {
      return {
        kind: 'run',
        command,
        reports,
        install: `Commit a lock file that names ${name}, so that it is installed.`,
      };
    }
  }
  const wanted = names.map((name) => `\`${name}\``).join(', ');
  return { kind: 'absent', reason: `package.json of the base commit has none of the scripts ${wanted}.` };
}
