import type { Entry } from '../../domain/plan/entry.ts';
import type { Plan, PlanPart } from '../../domain/plan/plan.ts';
import type { Threat } from '../../domain/plan/read-threats.ts';

/** What a plan lacks, and where. */
export interface PlanFault {
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

/** Everything that a plan lacks, so that it is mended in one go. */
export function findPlanFaults(plan: Plan): readonly PlanFault[] {
  return [
    ...findAbsent(plan.decisions, {
      title: 'Configuration and code',
      wants: 'a table or list of what is configuration and what is code, and why',
    }),
    ...findAbsent(plan.interfaces, {
      title: 'Public interfaces',
      wants: 'each function, route or message that others can call, in a code span, or `None` and why',
    }),
    ...findThreatless(plan),
  ];
}

function findAbsent(
  part: PlanPart | null,
  { title, wants }: { readonly title: string; readonly wants: string },
): readonly PlanFault[] {
  if (part === null) {
    return [{ line: 1, message: `There is no section \`## ${title}\`. Write it: ${wants}.` }];
  }
  return part.entries.length > 0 || part.isNone
    ? []
    : [{ line: part.line, message: `The section \`## ${title}\` lists nothing. It needs ${wants}.` }];
}

/** Each asset needs a row of its own: a table that is merely there says nothing about the one that was forgotten. */
function findThreatless({ assets, threats }: Plan): readonly PlanFault[] {
  const named = assets?.entries ?? [];
  const faults = named.length > 0 ? [] : [toAssetless(assets?.line ?? threats?.line ?? 1)];
  return threats === null ? [...faults, NO_THREATS] : [...faults, ...findUnmatched(named, threats.entries)];
}

function findUnmatched(assets: readonly Entry[], rows: readonly Threat[]): readonly PlanFault[] {
  const known = new Set(rows.flatMap(({ asset }) => namesOf(asset)));
  const bare = rows.filter(({ text }) => text === '');
  const unanswered = rows.filter(({ text, isUnanswered }) => text !== '' && isUnanswered);
  return [
    ...assets
      .filter(({ text }) => !known.has(toName(text)))
      .map(({ text, line }) => ({
        line,
        message: `The asset "${text}" has no row under \`## Threats\`. Write one: | ${text} | what could happen | what is done about it |.`,
      })),
    ...bare.map(({ asset, line }) => ({
      line,
      message: `The row of "${asset}" names no threat. Say what could happen.`,
    })),
    ...unanswered.map(({ asset, line }) => ({
      line,
      message: `The row of "${asset}" says nothing of what is done about it; if the risk is accepted, it says why.`,
    })),
  ];
}

const NO_THREATS = {
  line: 1,
  message: 'There is no section `## Threats`. Write it: a table of asset, threat, and what is done about it.',
} as const;

function toAssetless(line: number): PlanFault {
  return {
    line,
    message:
      'No asset is named. Under `## Assets`, list what is worth protecting, one per line: data, credentials, money, availability, what is logged.',
  };
}

/** A row may be about several assets: `orders, invoices`. */
function namesOf(asset: string): readonly string[] {
  return [asset, ...asset.split(/,|;|\/|\band\b/)].map(toName);
}

function toName(asset: string): string {
  return asset
    .toLowerCase()
    .replaceAll(/\b(?:the|an?)\b/g, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
