import { z } from 'zod';
import type { ChangedFile, Evidence } from '../domain/evidence.ts';
import { filePolicySchema } from '../domain/file-policy.ts';
import type { Finding } from '../domain/finding.ts';
import { defineGate } from '../domain/gate.ts';
import { isManifestOf, manifestsOf } from './manifests/lockfiles.ts';
import { readManifest, scriptsOf } from './parts/read-manifest.ts';
import { type ChoosePolicy, DEFAULT_HOLDS, toChoosePolicy } from './protected-files/choose-policy.ts';
import { judgeLockfile } from './protected-files/judge-lockfile.ts';
import { changesDependencies, judgeManifest } from './protected-files/judge-manifest.ts';
import { judgeOrigins, namesOrigins } from './protected-files/judge-origins.ts';
import { judgePrograms } from './protected-files/judge-programs.ts';

const options = z.strictObject({
  policy: z
    .array(filePolicySchema)
    .max(100)
    .default([])
    .describe(
      `Policies over the defaults and under the repository's own; the last that fits decides. Held by default: ${DEFAULT_HOLDS.map((glob) => `\`${glob}\``).join(', ')}; lock files without their manifest; in a package.json what installing obeys. A policy for these decides instead. Changes of \`.github/baton.yml\`, \`.github/baton/**\` and \`.claude/pipeline.yaml\` are never ordinary.`,
    ),
});

/** What of a change a person must release, and what must not be there. */
interface Found {
  readonly hold: Finding[];
  readonly block: Finding[];
}

/** Holds or refuses a change to files by which an agent could widen its own powers. */
export const gate = defineGate({
  name: 'protected-files',
  summary:
    'Holds a change to workflows, owners, hooks, agent, git or registry settings, to lock files without their manifest, to where packages come from, and to programs that gates run; a policy can also refuse it.',
  options,
  alwaysStrict: true,
  async judge(evidence, { policy }) {
    const choose = toChoosePolicy([...policy, ...evidence.settings.protectedFiles]);
    const found: Found = { hold: [], block: [] };
    for (const file of await evidence.changedFiles()) {
      await collect(file, { evidence, choose, found });
    }
    if (found.block.length > 0) {
      const summary = `Nobody may change ${namesOf(found.block)} here.`;
      return { kind: 'fail', summary, findings: [...found.block, ...found.hold] };
    }
    return found.hold.length === 0
      ? { kind: 'pass', summary: 'No protected file is touched.' }
      : {
          kind: 'hold',
          summary: `A person must release changes to ${namesOf(found.hold)}.`,
          findings: found.hold,
        };
  },
});

/** A renamed file is changed where it was and where it is. */
async function collect(
  file: ChangedFile,
  {
    evidence,
    choose,
    found,
  }: { readonly evidence: Evidence; readonly choose: ChoosePolicy; readonly found: Found },
): Promise<void> {
  const { path, from = path } = file;
  const policies = [path, from].map((each) => ({ each, policy: choose(each) }));
  const blocked = policies.find(({ policy }) => policy === 'block');
  const held = policies.find(({ policy }) => policy === 'hold');
  if (blocked !== undefined) {
    const message = `${blocked.each} was ${file.status}, and nobody may change it here. Take the change back.`;
    found.block.push({ path: blocked.each, message, severity: 'error' });
  } else if (held !== undefined) {
    found.hold.push(toFinding(held.each, `is protected and was ${file.status}`));
  } else if (policies.some(({ policy }) => policy === null)) {
    found.hold.push(...(await judgePackages(file, evidence)).map((what) => toFinding(path, what)));
  }
}

/** What no policy names may still decide which packages are installed. */
async function judgePackages(file: ChangedFile, evidence: Evidence): Promise<readonly string[]> {
  const { path, from = path } = file;
  if (isPackageJson(path)) {
    return judgeManifest(...(await readSides(evidence, file)));
  }
  const isLockfile = manifestsOf(path) !== null || manifestsOf(from) !== null;
  if (!isLockfile && !namesOrigins(path)) {
    return [];
  }
  const sides = await readSides(evidence, file);
  if (!isLockfile) {
    return judgeOrigins(path, ...sides);
  }
  return (await isFollowing(path, evidence))
    ? [...judgeLockfile(...sides), ...judgePrograms(...sides, await readCommands(evidence))]
    : [`is a lock file, and was ${file.status} without its manifest`];
}

/** The texts of the scripts that gates run: those of the base. */
async function readCommands(evidence: Evidence): Promise<string> {
  const read = readManifest(toText(await evidence.readFile('base', 'package.json')) ?? '');
  return read === null ? '' : [...scriptsOf(read).values()].join('\n');
}

/** Whether the change asks for other packages in a manifest of the lock file. */
async function isFollowing(lockfile: string, evidence: Evidence): Promise<boolean> {
  const files = (await evidence.changedFiles()).filter(({ path }) => isManifestOf(path, lockfile));
  const asking = await Promise.all(
    files.map(
      async (file) => !isPackageJson(file.path) || changesDependencies(...(await readSides(evidence, file))),
    ),
  );
  return asking.includes(true);
}

async function readSides(
  evidence: Evidence,
  { path, from = path }: ChangedFile,
): Promise<[before: string | null, after: string | null]> {
  const [before, after] = await Promise.all([
    evidence.readFile('base', from),
    evidence.readFile('head', path),
  ]);
  return [toText(before), toText(after)];
}

function toText(bytes: Uint8Array | null): string | null {
  return bytes === null ? null : new TextDecoder().decode(bytes);
}

function isPackageJson(path: string): boolean {
  return path === 'package.json' || path.endsWith('/package.json');
}

function toFinding(path: string, what: string): Finding {
  return { path, message: `${path} ${what}.`, severity: 'warning' };
}

function namesOf(findings: readonly Finding[]): string {
  const names = [...new Set(findings.map(({ path }) => path))];
  const more = names.length > 5 ? ` and ${names.length - 5} more` : '';
  return `${names.slice(0, 5).join(', ')}${more}`;
}
