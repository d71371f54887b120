import { parseArgs } from 'node:util';
import { UsageError } from './command-line.ts';

export interface Arguments {
  readonly words: readonly string[];
  /** The flags that were given, without their dashes. */
  readonly flags: ReadonlySet<string>;
}

/**
 * What stands after a command: at most so many words, and flags.
 * @throws UsageError when there is something else.
 */
export function readArguments(
  args: readonly string[],
  { flags = [], mostWords }: { readonly flags?: readonly string[]; readonly mostWords: number },
): Arguments {
  const options = Object.fromEntries(flags.map((flag) => [flag, { type: 'boolean' as const }]));
  const { positionals, values } = parse(args, options);
  const [surplus] = positionals.slice(mostWords);
  if (surplus !== undefined) {
    throw new UsageError(`Nothing is known about '${surplus}' here.`);
  }
  return { words: positionals, flags: new Set(Object.keys(values)) };
}

function parse(args: readonly string[], options: Readonly<Record<string, { readonly type: 'boolean' }>>) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
