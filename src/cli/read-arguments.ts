import { parseArgs } from 'node:util';
import { UsageError } from './command-line.ts';

export interface Arguments {
  readonly words: readonly string[];
  /** The flags that were given, without their dashes. */
  readonly flags: ReadonlySet<string>;
  /** What was given with the others, by their names. */
  readonly texts: ReadonlyMap<string, string>;
}

/**
 * What stands after a command: at most so many words, and flags.
 * @throws UsageError when there is something else.
 */
export function readArguments(
  args: readonly string[],
  {
    flags = [],
    texts = [],
    mostWords,
  }: {
    readonly flags?: readonly string[];
    readonly texts?: readonly string[];
    readonly mostWords: number;
  },
): Arguments {
  const options: Options = Object.fromEntries([
    ...flags.map((flag) => [flag, { type: 'boolean' }] as const),
    ...texts.map((text) => [text, { type: 'string' }] as const),
  ]);
  const { positionals, values } = parse(args, options);
  const [surplus] = positionals.slice(mostWords);
  if (surplus !== undefined) {
    throw new UsageError(`Nothing is known about '${surplus}' here.`);
  }
  const given = Object.entries(values);
  return {
    words: positionals,
    flags: new Set(given.flatMap(([name, value]) => (value === true ? name : []))),
    texts: new Map(given.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []))),
  };
}

type Options = Record<string, { type: 'boolean' | 'string' }>;

function parse(args: readonly string[], options: Options) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // The first sentence says what is wrong; what follows is advice to whoever quotes words with dashes.
    throw new UsageError(`${message.split(/\.\s/)[0]}.`, { cause: error });
  }
}
