import type { CheckEgress } from '../../domain/check-egress.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { Profile } from '../../domain/profile.ts';
import type { ReportFile } from '../../domain/report-file.ts';
import { toComparable } from '../manifests/to-comparable.ts';
import { chooseByLock } from './choose-by-lock.ts';
import { chooseScript } from './choose-script.ts';
import { asksForAny, type Manifest, packagesOf, readManifest, scriptsOf } from './read-manifest.ts';
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
      readonly egress?: CheckEgress;
    }
  /** Nobody has set this check up in the repository. */
  | { readonly kind: 'not-set-up'; readonly reason: string; readonly install: string }
  /** There is nothing that it could look at. */
  | { readonly kind: 'nothing'; readonly reason: string }
  | { readonly kind: 'unreadable'; readonly reason: string }
  /** The change leaves open by what it would be judged. */
  | { readonly kind: 'undecided'; readonly reason: string };

/** The command of a check, from the profile and the scripts of the base commit: never from the change. */
export async function chooseCommand(evidence: Evidence, check: string): Promise<ChosenCommand> {
  const { profile } = evidence;
  if (profile === null) {
    return {
      kind: 'not-set-up',
      reason: 'No profile fits the files of the base commit.',
      install: 'Let a workflow of the repository judge it by gates of kind `script`.',
    };
  }
  const source = profile.checks[check];
  if (source === undefined) {
    return {
      kind: 'not-set-up',
      reason: `The profile ${profile.name} has no check named ${check}.`,
      install: `Let the workflow name one that it has: ${Object.keys(profile.checks).join(', ')}.`,
    };
  }
  if ('command' in source) {
    return await chooseTool(evidence, profile, source);
  }
  const manifest = await evidence.readFile('base', 'package.json');
  if (manifest === null) {
    return {
      kind: 'not-set-up',
      reason: 'The base commit has no package.json.',
      install: 'Add one that names the scripts.',
    };
  }
  return await chooseFrom(evidence, manifest, source);
}

type Fixed = Extract<Profile['checks'][string], { command: string }>;

/** A tool that no manifest names is not asked for: nobody has set it up, and it would say what nobody here has agreed to. */
async function chooseTool(
  evidence: Evidence,
  { manifests = [] }: Profile,
  { command, reports = [], egress, tool, otherwise }: Fixed,
): Promise<ChosenCommand> {
  const chosen = { kind: 'run', command, reports, ...(egress === undefined ? {} : { egress }) } as const;
  if (tool === undefined) {
    return chosen;
  }
  const { name, install } = tool;
  const files = await Promise.all(
    manifests.map(async (path) => ({ path, text: await readText(evidence, 'base', path) })),
  );
  if (files.some(({ path, text }) => text !== null && namesPackage(`${path}\n${text}`, name))) {
    return { ...chosen, install };
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
type Candidate = NonNullable<Scripted['otherwise']>[number];

async function chooseFrom(evidence: Evidence, bytes: Uint8Array, check: Scripted): Promise<ChosenCommand> {
  const { scripts: names, reports = [] } = check;
  const manifest = readManifest(new TextDecoder().decode(bytes));
  if (manifest === null) {
    return { kind: 'unreadable', reason: 'package.json of the base commit is not readable JSON.' };
  }
  const script = chooseScript(scriptsOf(manifest), names);
  if (script !== null) {
    return { kind: 'run', command: script, reports };
  }
  return await chooseOther(evidence, manifest, check);
}

/** What a package of the base runs, else what belongs to a lock file. */
async function chooseOther(evidence: Evidence, manifest: Manifest, check: Scripted): Promise<ChosenCommand> {
  const { reports = [], otherwise = [] } = check;
  for (const candidate of otherwise) {
    if ('package' in candidate && (await isAskedFor(evidence, manifest, candidate))) {
      return toChosen(candidate, reports);
    }
  }
  const locked = await chooseByLock(
    evidence,
    otherwise.filter((one) => 'locks' in one),
  );
  if (locked.kind === 'one') {
    return toChosen(locked.candidate, reports);
  }
  if (check.unless === 'no-packages' && !(await asksForPackages(evidence, manifest))) {
    return { kind: 'nothing', reason: 'package.json asks for no package.' };
  }
  return locked.kind === 'undecided' ? locked : explainAbsence(check);
}

async function isAskedFor(
  evidence: Evidence,
  manifest: Manifest,
  { package: name, file }: Extract<Candidate, { package: string }>,
): Promise<boolean> {
  return (
    packagesOf(manifest).has(name) && (file === undefined || (await evidence.readFile('base', file)) !== null)
  );
}

function toChosen(candidate: Candidate, reports: readonly ReportFile[]): ChosenCommand {
  if ('locks' in candidate) {
    const { command, egress, install, reports: own = [] } = candidate;
    return {
      kind: 'run',
      command,
      reports: own,
      ...(install === undefined ? {} : { install }),
      ...(egress === undefined ? {} : { egress }),
    };
  }
  return {
    kind: 'run',
    command: candidate.command,
    reports,
    install: `Commit a lock file that names ${candidate.package}, so that it is installed.`,
  };
}

function explainAbsence({
  scripts,
  otherwise = [],
  install = 'Add one of these scripts.',
}: Scripted): ChosenCommand {
  const wanted = [
    ...scripts.map((name) => `the script \`${name}\``),
    ...otherwise.flatMap((one) => ('locks' in one ? one.locks : [one.package])).map((name) => `\`${name}\``),
  ];
  const reason = `The base commit has none of ${wanted.join(', ')}.`;
  return { kind: 'not-set-up', reason, install };
}

/** Before the change or after it. One that cannot be read may. */
async function asksForPackages(evidence: Evidence, base: Manifest): Promise<boolean> {
  const head = readManifest(await readText(evidence, 'head', 'package.json'));
  return [base, head].some((manifest) => manifest === null || asksForAny(manifest));
}
