import type { Scripts } from '../parts/read-manifest.ts';

/** Programs that look up what to do in the scripts of a manifest. */
const RUNNER =
  /(?<![\w./-])(?:npm|npx|pnpm|yarn|bun|node --run|run-[sp]|npm-run-all2?|turbo|nx|lerna|wireit)(?![\w./-])/;

/**
 * The scripts that commands call by name, and those by them, with what runs before and after each. Rather too many:
 * every word that is the name of a script counts.
 */
export function reachScripts(commands: readonly string[], scripts: Scripts): ReadonlySet<string> {
  const reached = new Set<string>();
  const waiting = [...commands];
  for (let command = waiting.pop(); command !== undefined; command = waiting.pop()) {
    const names = namesIn(command, scripts).flatMap((name) => [name, `pre${name}`, `post${name}`]);
    for (const name of names.filter((each) => scripts.has(each) && !reached.has(each))) {
      reached.add(name);
      waiting.push(scripts.get(name) ?? '');
    }
  }
  return reached;
}

function namesIn(command: string, scripts: Scripts): readonly string[] {
  if (!RUNNER.test(command)) {
    return [];
  }
  const words = command.split(/[\s"'`;|&()<>=,]+/);
  const starts = words.filter((word) => word.endsWith('*')).map((word) => word.replace(/\*+$/, ''));
  return [...scripts.keys()].filter(
    (name) => words.includes(name) || starts.some((start) => start !== '' && name.startsWith(start)),
  );
}
