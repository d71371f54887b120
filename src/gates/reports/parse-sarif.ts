import { z } from 'zod';
import { type Danger, scoreToDanger } from '../../domain/danger.ts';
import { type Finding, MAX_FINDINGS } from '../../domain/finding.ts';
import { type Report, ReportFault } from './report.ts';
import { toPlace } from './to-place.ts';

const MAX_RUNS = 100;
const MAX_RESULTS = 20_000;
const MAX_MESSAGE = 500;

const MAX_RULES = 20_000;

/** GitHub's convention for how bad what a rule finds is: a score from 0 to 10, as a text. */
const scoredSchema = z.object({ 'security-severity': z.coerce.number().min(0).max(10) });
const ruleSchema = z.object({ id: z.string(), properties: z.unknown().optional() });

const logSchema = z.object({
  runs: z.array(
    z.object({
      results: z.array(z.unknown()).nullish(),
      tool: z
        .object({ driver: z.object({ rules: z.array(z.unknown()).nullish() }) })
        .optional()
        .catch(undefined),
      invocations: z.array(z.object({ executionSuccessful: z.boolean().optional() })).nullish(),
    }),
  ),
});

const resultSchema = z.object({
  ruleId: z.string().optional(),
  properties: z.unknown().optional(),
  level: z.string().default('warning'),
  kind: z.string().default('fail'),
  baselineState: z.string().optional(),
  message: z.object({ text: z.string().optional() }).default({}),
  suppressions: z.array(z.unknown()).nullish(),
  locations: z
    .array(
      z.object({
        physicalLocation: z
          .object({
            artifactLocation: z.object({ uri: z.string().optional() }).default({}),
            region: z.object({ startLine: z.number().optional() }).default({}),
          })
          .optional(),
      }),
    )
    .nullish(),
});
type Result = z.infer<typeof resultSchema>;

/**
 * The results of a SARIF report. What the tool itself has suppressed, or says is gone, is left out; errors are counted.
 * `root` is where the tree was.
 * @throws ReportFault
 */
export function parseSarif(text: string, root: string): Report {
  const { runs } = logSchema.parse(JSON.parse(text));
  const given = runs.flatMap(({ results }) => results ?? []);
  if (runs.length === 0 || runs.length > MAX_RUNS || given.length > MAX_RESULTS) {
    throw new ReportFault(`it has ${runs.length} runs with ${given.length} results`);
  }
  if (runs.some((run) => run.invocations?.some((one) => one.executionSuccessful === false))) {
    throw new ReportFault('its tool says that it did not run to its end');
  }
  const dangers = new Map(
    runs.flatMap(({ tool }) => (tool?.driver.rules ?? []).slice(0, MAX_RULES)).flatMap(toRule),
  );
  const results = given.map((result) => resultSchema.parse(result)).filter(counts);
  const errors = results.filter(({ level }) => level === 'error');
  const others = results.filter(({ level }) => level !== 'error');
  return {
    kind: 'results',
    errors: errors.length,
    findings: [...errors, ...others].slice(0, MAX_FINDINGS).map((result) => ({
      ...toFinding(root, result),
      ...toDangerOf(result, dangers),
    })),
  };
}

function counts({ kind, baselineState, suppressions }: Result): boolean {
  return kind === 'fail' && baselineState !== 'absent' && (suppressions ?? []).length === 0;
}

function toFinding(root: string, { ruleId = '', level, message, locations }: Result): Finding {
  const { artifactLocation, region } = locations?.[0]?.physicalLocation ?? {};
  const said = message.text?.trim() || 'The tool gives no reason.';
  return {
    ...toPlace(root, toPath(artifactLocation?.uri), region?.startLine),
    message: `${ruleId === '' ? '' : `${ruleId.slice(0, 200)}: `}${said.slice(0, MAX_MESSAGE)}`,
    severity: toSeverity(level),
  };
}

function toRule(rule: unknown): readonly (readonly [string, Danger])[] {
  const { id = '', properties } = ruleSchema.safeParse(rule).data ?? {};
  const score = scoredSchema.safeParse(properties).data?.['security-severity'];
  return score === undefined ? [] : [[id, scoreToDanger(score)]];
}

/** By its own score, else by its rule's; a tool that has neither does not say. */
function toDangerOf(
  { ruleId = '', properties }: Result,
  rules: ReadonlyMap<string, Danger>,
): { danger?: Danger } {
  const score = scoredSchema.safeParse(properties).data?.['security-severity'];
  const danger = score === undefined ? rules.get(ruleId) : scoreToDanger(score);
  return danger === undefined ? {} : { danger };
}

function toSeverity(level: string): Finding['severity'] {
  if (level === 'error') {
    return 'error';
  }
  return level === 'warning' ? 'warning' : 'note';
}

/** A URI has escapes; a plain path mostly has none. */
function toPath(uri: string | undefined): string | undefined {
  try {
    return uri === undefined ? undefined : decodeURIComponent(uri);
  } catch {
    return uri;
  }
}
