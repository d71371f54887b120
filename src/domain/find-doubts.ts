import type { Evidence } from './evidence.ts';
import type { Finding } from './finding.ts';

/** Programs that look up what to do in the scripts of the tree they are started in. */
const SCRIPT_RUNNER = /(?<![\w./-])(?:npm|npx|pnpm|yarn|bun|node --run|run-[sp]|npm-run-all2?)(?![\w./-])/;

/** Whoever works on a change is expected to change tests; whether they stay is the question of another gate. */
const TEST_FILE = /(?:^|[/._-])(?:tests?|spec|__tests__)(?=[/._-]|$)/;

/** Not so what runs the tests, whatever it is called: in a directory of tools, in a shell's language, or without ending. */
const RUNNER =
  /(?:^|\/)(?:bin|build|ci|hack|scripts?|tools?)\/|(?:^|\/)run[^/]*$|\.(?:sh|bash|zsh|ps1|bat|cmd|mk)$|(?:^|\/)[^./]+$/i;

/** What test runners say when there was nothing to run. Each still ends with 0. */
const NOTHING_RAN = [
  /^\s{0,8}(?:#|ℹ) tests 0$/m,
  /^No test(?:s| files) found, exiting with code 0/m,
  /^\s{0,8}0 passing\b/m,
  /^Ran 0 tests\b/m,
];

/** What they say when there was something. */
const SOMETHING_RAN =
  /^\s{0,8}(?:#|ℹ) tests [1-9]|\b[1-9]\d{0,8} (?:passing|passed)\b|^Ran [1-9]\d{0,8} tests?\b/m;

/**
 * Why a command that ended well may not mean what it says: the change rewrites a program that the command names, or
 * the scripts that it calls, or there was nothing to run. Empty when there is no such reason.
 */
export async function findDoubts(
  evidence: Evidence,
  { command, output }: { readonly command: string; readonly output: string },
): Promise<readonly Finding[]> {
  const changed = new Set((await evidence.changedFiles()).flatMap(({ path, from }) => [path, from ?? path]));
  return [
    ...[...changed].filter((path) => isNamed(path, command)).map(toRewritten),
    ...((await callsChangedScript(evidence, { command, changed })) ? [CHANGED_SCRIPTS] : []),
    ...(ranNothing(output) ? [NO_TEST] : []),
  ];
}

const CHANGED_SCRIPTS: Finding = {
  path: 'package.json',
  message: 'The command calls scripts by name, and the change rewrites scripts.',
  severity: 'warning',
};

const NO_TEST: Finding = {
  message: 'The command ended well, but it says that it ran no test.',
  severity: 'warning',
};

function toRewritten(path: string): Finding {
  return { path, message: `The command runs ${path}, which this change rewrites.`, severity: 'warning' };
}

/** Whether the command names the file: as it is, without its ending, or as the index of a directory. */
function isNamed(path: string, command: string): boolean {
  if (TEST_FILE.test(path) && !RUNNER.test(path)) {
    return false;
  }
  const words = command.split(/[\s"'`;|&()<>=]+/).map((word) => word.replace(/^(?:\.\/)+/, ''));
  const names = [path, path.replace(/\.\w+$/, ''), path.replace(/\/index\.\w+$/, '')];
  return words.some((word) => names.includes(word));
}

async function callsChangedScript(
  evidence: Evidence,
  { command, changed }: { readonly command: string; readonly changed: ReadonlySet<string> },
): Promise<boolean> {
  if (!SCRIPT_RUNNER.test(command) || !changed.has('package.json')) {
    return false;
  }
  const [before, after] = await Promise.all([
    evidence.readFile('base', 'package.json'),
    evidence.readFile('head', 'package.json'),
  ]);
  return readScripts(before) !== readScripts(after);
}

/** As text to compare; a manifest that cannot be read is like no other. */
function readScripts(manifest: Uint8Array | null): string {
  const text = new TextDecoder().decode(manifest ?? undefined);
  try {
    const { scripts } = Object(JSON.parse(text));
    return JSON.stringify(scripts);
  } catch {
    return text;
  }
}

function ranNothing(output: string): boolean {
  const plain = output.replaceAll(/\p{Cc}\[[\d;]{0,20}m/gu, '');
  return NOTHING_RAN.some((pattern) => pattern.test(plain)) && !SOMETHING_RAN.test(plain);
}
