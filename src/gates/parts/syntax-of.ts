/** What a scanner must know of a language to tell comments from texts. */
export interface Syntax {
  readonly line: readonly string[];
  readonly block: readonly (readonly [string, string])[];
  /** Quotes of texts that end with the line. */
  readonly quotes: string;
  /** Quotes of texts that may have several lines. */
  readonly longQuotes: readonly string[];
  /** Whether a slash can begin a regular expression. */
  readonly hasRegex: boolean;
}

const BLOCK = [['/*', '*/']] as const;
const HASH: Syntax = { line: ['#'], block: [], quotes: `'"`, longQuotes: [], hasRegex: false };
const SLASH: Syntax = { line: ['//'], block: BLOCK, quotes: `'"`, longQuotes: [], hasRegex: false };
const SCRIPT: Syntax = { ...SLASH, longQuotes: ['`'], hasRegex: true };

const BY_ENDING = new Map<string, Syntax>([
  ...endings('js cjs mjs ts cts mts', SCRIPT),
  // Between tags a lone quote is a letter, so what looks like a long text is not taken for one.
  ...endings('jsx tsx', { ...SCRIPT, longQuotes: [] }),
  ...endings('json jsonc json5', { ...SLASH, quotes: '"' }),
  ...endings('go', { ...SLASH, longQuotes: ['`'] }),
  ...endings('java kt kts c h cc cpp hpp m mm cs rs swift scala php dart css scss less groovy', SLASH),
  ...endings('vue svelte astro html', {
    ...SLASH,
    block: [...BLOCK, ['<!--', '-->']],
    quotes: '',
  }),
  ...endings('sql', { ...SLASH, line: ['--'] }),
  ...endings('tf tofu hcl tfvars', { ...SLASH, line: ['#', '//'] }),
  ...endings('py pyi', { ...HASH, longQuotes: ['"""', "'''"] }),
  ...endings('rb sh bash zsh yml yaml toml mk pl r ex exs', HASH),
  ...endings('cfg ini coveragerc flake8 pylintrc', { ...HASH, line: ['#', ';'], quotes: '' }),
]);

/** How a file is written, by its name; null for prose, data and what is not known. */
export function syntaxOf(path: string): Syntax | null {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (/^(?:GNU)?[Mm]akefile$|^(?:Dockerfile|Procfile)|requirements.*\.txt$/.test(name)) {
    return { ...HASH, quotes: '' };
  }
  return BY_ENDING.get(name.slice(name.lastIndexOf('.') + 1).toLowerCase()) ?? null;
}

function endings(names: string, syntax: Syntax): readonly (readonly [string, Syntax])[] {
  return names.split(' ').map((name) => [name, syntax] as const);
}
