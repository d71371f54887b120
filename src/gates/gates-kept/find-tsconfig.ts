import { compareSettings } from './compare-settings.ts';
import { parseJsonc } from './parse-jsonc.ts';
import type { TextChange, Weakening } from './text-change.ts';

/** What `strict` switches on. */
const FAMILY = [
  'alwaysStrict',
  'noImplicitAny',
  'noImplicitThis',
  'strictBindCallApply',
  'strictBuiltinIteratorReturn',
  'strictFunctionTypes',
  'strictNullChecks',
  'strictPropertyInitialization',
  'useUnknownInCatchVariables',
];

/** Flags by which more is found, besides those. */
const STRICT = [
  'strict',
  'checkJs',
  'erasableSyntaxOnly',
  'exactOptionalPropertyTypes',
  'forceConsistentCasingInFileNames',
  'isolatedModules',
  'noEmitOnError',
  'noFallthroughCasesInSwitch',
  'noImplicitOverride',
  'noImplicitReturns',
  'noPropertyAccessFromIndexSignature',
  'noUncheckedIndexedAccess',
  'noUncheckedSideEffectImports',
  'noUnusedLocals',
  'noUnusedParameters',
  'verbatimModuleSyntax',
];

/** Flags by which less is found. */
const LAX = ['allowUnreachableCode', 'allowUnusedLabels', 'noCheck', 'noResolve', 'skipLibCheck'];

/** Whether a TypeScript configuration checks less than it did: flags, and the files it is about. */
export function findTsconfig({ before, after }: TextChange): readonly Weakening[] {
  const [old, now] = [read(before), read(after)];
  if (old === null || now === null) {
    return [{ message: 'This TypeScript configuration cannot be read, so nobody knows what it checks.' }];
  }
  const [oldFlags, flags] = [toRecord(old['compilerOptions']), toRecord(now['compilerOptions'])];
  const scope = ['extends', 'files', 'include', 'exclude'] as const;
  return [
    ...[...FAMILY, ...STRICT].flatMap((flag) =>
      isOn(oldFlags, flag) && !isOn(flags, flag) ? [toLost(flag)] : toSwitchedOff(oldFlags, flags, flag),
    ),
    ...LAX.filter((flag) => oldFlags[flag] !== true && flags[flag] === true).map((flag) => ({
      message: `\`${flag}\` was switched on, so less is checked.`,
    })),
    ...scope.flatMap((name) =>
      compareSettings(
        before === null ? undefined : { [name]: old[name] },
        { [name]: now[name] },
        { otherwise: 'fine' },
      ),
    ),
  ];
}

/** As the compiler sees it, as far as this file tells. */
function isOn(flags: Readonly<Record<string, unknown>>, flag: string): boolean {
  return (flags[flag] ?? (FAMILY.includes(flag) && flags['strict'])) === true;
}

function toLost(flag: string): Weakening {
  return { message: `\`${flag}\` was on and no longer is.` };
}

/** What was never named here may have been switched on by what this file extends. */
function toSwitchedOff(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
  flag: string,
): readonly Weakening[] {
  return after[flag] === false && before[flag] === undefined
    ? [{ message: `\`${flag}\` is switched off.` }]
    : [];
}

function read(text: string | null): Readonly<Record<string, unknown>> | null {
  if (text === null) {
    return {};
  }
  const parsed = parseJsonc(text);
  return parsed === null ? null : toRecord(parsed.value);
}

function toRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
