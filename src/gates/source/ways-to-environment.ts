import type { SourceFacts } from './source-facts.ts';

/** An alias of an alias. */
const MAX_ALIASES = 5;
/** `this.a.b` */
const MAX_PARTS = 3;

/** The environment itself, and what it is reached by. */
const ITSELF =
  /^(?:(?:globalThis|global|window)\.)?((?:process|Deno|Bun|import\.meta|os)(?:\.(?:env(?:\.get)?|environb?(?:\.(?:get|pop|setdefault))?|getenvb?))?)$/;
/** What is only called so. */
const CALLED_SO = /(?:^|\.)((?:env|environb?)(?:\.(?:get|pop|setdefault))?)$/;

/**
 * A name, and all that it may be by the aliases that lead to the environment: after `import os as o`, `o.environ` is
 * `os.environ`. Where an alias holds is not looked at, so each one counts; of ways there are few, however many aliases.
 */
export function waysToEnvironment({ aliases }: SourceFacts): (name: string) => readonly string[] {
  const ways = new Map<string, Set<string>>();

  function namesOf(name: string): readonly string[] {
    const parts = name.split('.');
    const others = parts.slice(0, MAX_PARTS).flatMap((_, index) => {
      const found = ways.get(parts.slice(0, index + 1).join('.')) ?? [];
      return [...found].map((way) => [way, ...parts.slice(index + 1)].join('.'));
    });
    return [name, ...others];
  }

  let isNew = true;
  for (let count = 0; isNew && count < MAX_ALIASES; count += 1) {
    isNew = false;
    for (const { text, of } of aliases) {
      const known = ways.get(text) ?? new Set();
      const found = namesOf(of)
        .map(toWay)
        .filter((way) => way !== null);
      if (found.some((way) => !known.has(way))) {
        ways.set(text, new Set([...known, ...found]));
        isNew = true;
      }
    }
  }
  return namesOf;
}

function toWay(name: string): string | null {
  return ITSELF.exec(name)?.[1] ?? CALLED_SO.exec(name)?.[1] ?? null;
}
