import { z } from 'zod';
import type { Evidence } from '../domain/evidence.ts';
import { type Finding, MAX_FINDINGS } from '../domain/finding.ts';
import { defineGate } from '../domain/gate.ts';
import { findMake } from './gates-kept/find-make.ts';
import { findManifest } from './gates-kept/find-manifest.ts';
import { findOpaque } from './gates-kept/find-opaque.ts';
import { chooseCommands } from './gates-kept/find-scripts.ts';
import { findSuppressions } from './gates-kept/find-suppressions.ts';
import { reachScripts } from './gates-kept/reach-scripts.ts';
import { findInSettings, isSettings } from './gates-kept/rules.ts';
import { readTextChange, splitRename, type TextChange, type Weakening } from './gates-kept/text-change.ts';
import { readManifest, scriptsOf } from './parts/read-manifest.ts';
import { syntaxOf } from './parts/syntax-of.ts';

const MANIFEST = /(?:^|\/)package\.json$/;
const MAKEFILE = /(?:^|\/)[Mm]akefile$/;

const options = z.strictObject({});

/** Makes sure that the judges which pass a change are as strict as they were. */
export const gate = defineGate({
  name: 'gates-kept',
  summary:
    'Holds a change that switches off CI, lowers thresholds, loosens linters and compilers, silences them in code, or rewrites what gates run.',
  options,
  alwaysStrict: true,
  async judge(evidence) {
    const findings: Finding[] = [];
    const files = (await evidence.changedFiles()).filter(
      ({ path, from = path }) => isRead(path) || isRead(from),
    );
    for (const file of files) {
      const change = await readTextChange(evidence, file);
      findings.push(...findSuppressions(change).map((found) => toFinding(file.path, found)));
      for (const half of splitRename(change, file)) {
        findings.push(...(await findLooser(half, evidence)).map((found) => toFinding(half.path, found)));
      }
    }
    if (findings.length === 0) {
      return { kind: 'pass', summary: 'What judges the work is as strict as it was.' };
    }
    const paths = [...new Set(findings.map(({ path }) => path))];
    const more = paths.length > 5 ? ` and ${paths.length - 5} more` : '';
    return {
      kind: 'hold',
      summary: `A person must agree that the judges get weaker in ${paths.slice(0, 5).join(', ')}${more}.`,
      findings: findings.slice(0, MAX_FINDINGS),
    };
  },
});

/** Everything else is prose, data or pictures. */
function isRead(path: string): boolean {
  return MANIFEST.test(path) || MAKEFILE.test(path) || isSettings(path) || syntaxOf(path) !== null;
}

/** In what configures the judges. */
async function findLooser(change: TextChange, evidence: Evidence): Promise<readonly Weakening[]> {
  const { path } = change;
  if (MANIFEST.test(path)) {
    return findManifest(change, evidence.profile);
  }
  if (MAKEFILE.test(path)) {
    const commands = await listCommands(evidence);
    return commands === null ? findOpaque(change) : findMake(change, commands);
  }
  return findInSettings(change);
}

/** All that gates run at the base; null when that is not known. */
async function listCommands(evidence: Evidence): Promise<readonly string[] | null> {
  const { profile } = evidence;
  if (profile === null) {
    return null;
  }
  const bytes = await evidence.readFile('base', 'package.json');
  const manifest = readManifest(bytes === null ? null : new TextDecoder().decode(bytes));
  const scripts = scriptsOf(manifest ?? {});
  const commands = [...chooseCommands(profile, scripts).values()];
  const reached = [...reachScripts(commands, scripts)].map((name) => scripts.get(name) ?? '');
  return [...commands, ...reached];
}

function toFinding(path: string, { line, message }: Weakening): Finding {
  return { path, ...(line === undefined ? {} : { line }), message, severity: 'warning' };
}
