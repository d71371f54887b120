import type { TextChange, Weakening } from './text-change.ts';

/** Targets by name, and all that belongs to none: variables, and what is included. */
interface Makefile {
  readonly rules: ReadonlyMap<string, string>;
  readonly rest: string;
}

const RULE = /^([\w./%-][\w./% -]{0,300}?)\s{0,5}::?(?!=)(.*)$/;

/** Targets of a Makefile that a command calls, or that those need, and that do something else after the change. */
export function findMake(
  { path, before, after }: TextChange,
  commands: readonly string[],
): readonly Weakening[] {
  const called = commands.filter((command) => /(?<![\w./-])g?make(?![\w./-])/.test(command));
  if (called.length === 0) {
    return [];
  }
  if (before === null) {
    return isUsed(path, called) ? [{ message: ADDED }] : [];
  }
  const [old, now] = [parse(before), parse(after ?? '')];
  const changed = [...reach(called, old)].filter((name) => old.rules.get(name) !== now.rules.get(name));
  const findings = changed.map((name) => ({
    message: `A check calls the target \`${name}\`, which the change rewrites.`,
  }));
  return old.rest === now.rest
    ? findings
    : [...findings, { message: 'A check calls `make`, and the change rewrites its variables.' }];
}

/** Of several in a directory `make` takes `makefile` first, so that a new one can stand in for the old. */
const ADDED =
  'A check calls `make`, and the change adds a file that it may read instead of the one that was there.';

function isUsed(path: string, called: readonly string[]): boolean {
  const directory = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  return directory === '' || called.some((command) => command.includes(directory));
}

/** Without a word that is a target, `make` does the first one. */
function reach(commands: readonly string[], { rules }: Makefile): ReadonlySet<string> {
  const words = commands.flatMap((command) => command.split(/[\s"'`;|&()<>]+/));
  const named = words.filter((word) => rules.has(word));
  const [first] = [...rules.keys()].filter((name) => !name.startsWith('.'));
  const waiting = named.length === 0 && first !== undefined ? [first] : named;
  const reached = new Set<string>();
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const rule = rules.get(name);
    if (rule !== undefined && !reached.has(name)) {
      reached.add(name);
      waiting.push(...rule.split(/[\s"'`;|&()<>$:]+/));
    }
  }
  return reached;
}

function parse(text: string): Makefile {
  const rules = new Map<string, string>();
  const rest: string[] = [];
  let names: readonly string[] = [];
  for (const line of text.split('\n')) {
    const rule = line.startsWith('\t') ? null : RULE.exec(line.slice(0, 2_000));
    if (rule !== null) {
      names = (rule[1] ?? '').split(/\s+/);
      add(rules, names, `${rule[2] ?? ''}\n`);
    } else if (line.startsWith('\t') && names.length > 0) {
      add(rules, names, `${line}\n`);
    } else if (line.trim() !== '' && !line.startsWith('#')) {
      names = [];
      rest.push(line);
    }
  }
  return { rules, rest: rest.join('\n') };
}

function add(rules: Map<string, string>, names: readonly string[], text: string): void {
  for (const name of names) {
    rules.set(name, (rules.get(name) ?? '') + text);
  }
}
