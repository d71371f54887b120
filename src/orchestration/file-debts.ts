import { type FiledDebt, toPlace, type UnfiledDebt } from '../domain/debt.ts';
import { overCap } from '../domain/debts-so-far.ts';
import { isAlike } from '../domain/is-alike.ts';
import { type Debt, type DebtOrigin, listDebts } from '../domain/list-debts.ts';
import type { SurfaceInput } from '../domain/surface.ts';
import type { CodeHost, FiledIssue, IssueRequest } from '../ports/code-host.ts';
import type { Digest } from '../ports/digest.ts';
import { RefusedError } from '../ports/effects.ts';
import type { Log } from '../ports/log.ts';

/** What filing needs of the rest. */
export interface DebtDesk {
  readonly codeHost: Pick<CodeHost, 'ensure' | 'ensureIssue'>;
  readonly log: Log;
  readonly digest: Digest;
  /** A new issue. */
  readonly describe: (debt: Debt, origin: DebtOrigin) => { readonly title: string; readonly body: string };
  /** What a new issue begins with when an earlier one about the same was closed as done. */
  readonly again: (done: number) => string;
  /** What is added to the issue that there is. */
  readonly add: (debt: Debt, origin: DebtOrigin, state: FiledIssue['state']) => SurfaceInput;
}

/**
 * Makes an issue of each debt, or finds it and adds this run to it. Safe to repeat. What GitHub refuses is named as not
 * filed: the pull request is there, and must not wait for it. Throws when it is open whether GitHub has taken one.
 */
export async function fileDebts(
  origin: DebtOrigin,
  desk: DebtDesk,
): Promise<{ readonly debts: FiledDebt[]; readonly unfiled: UnfiledDebt[] }> {
  const { maxPerRun } = origin.run.settings.debt;
  const { toFile, over } = listDebts(origin.run, { maxPerRun, digest: desk.digest });
  const debts: FiledDebt[] = [];
  const unfiled: UnfiledDebt[] = [];
  // One after the other: GitHub asks for that of whoever creates content.
  for (const debt of toFile) {
    const filed = await fileOne(debt, origin, desk);
    if (filed === null) {
      unfiled.push(toUnfiled(debt, 'GitHub did not take it'));
    } else {
      debts.push(filed);
    }
  }
  const why = overCap(origin.run.settings.debt);
  return { debts, unfiled: [...unfiled, ...over.map((debt) => toUnfiled(debt, why))] };
}

/** Null when GitHub refuses. */
async function fileOne(debt: Debt, origin: DebtOrigin, desk: DebtDesk): Promise<FiledDebt | null> {
  const { fingerprint, title } = debt;
  const { path } = toPlace(debt.evidence);
  const { order } = origin.run;
  try {
    const issue = await desk.codeHost.ensureIssue(order.subject.repository, {
      fingerprint,
      runId: order.id,
      ...desk.describe(debt, origin),
      isAlike: ({ title: other, body }) => isAbout(body, path) && isAlike(title, other),
      ...toLabels(debt, origin),
      ...toLook(origin, desk),
    });
    const known = issue.filedBy !== order.id;
    // Who looks every day would say the same every day.
    if (known && origin.pullRequest !== null) {
      await addTo(issue, desk.add(debt, origin, issue.state), { origin, desk });
    }
    return { fingerprint, title, number: issue.number, url: issue.url, known };
  } catch (error) {
    acceptRefusal(error, { origin, desk, what: title });
    return null;
  }
}

/** What an agent calls what cannot wait, whatever the repository calls it. */
const CRITICAL = 'critical';

/** What a member of the team calls critical must be seen as that, also where nobody has made the label yet. */
function toLabels(debt: Debt, { run }: DebtOrigin): Pick<IssueRequest, 'labels' | 'suggested'> {
  const { settings, order } = run;
  const { labels } = settings.debt;
  const suggested = debt.labels.filter((label) => label.toLowerCase() !== CRITICAL);
  return order.member === undefined || suggested.length === debt.labels.length
    ? { labels, suggested: debt.labels }
    : { labels: [...labels, settings.team.labels.critical], suggested };
}

/** Who looks at the default branch, and not at what is proposed, sees whether what was done has come back. */
function toLook({ run, pullRequest }: DebtOrigin, { again }: DebtDesk): Pick<IssueRequest, 'looked'> {
  const { change, requestedAt: at } = run.order;
  return pullRequest === null && change === undefined ? { looked: { at, again } } : {};
}

/** Our own words name the place as code, with or without a line. */
function isAbout(body: string, path: string): boolean {
  return body.includes(`\`${path}\``) || body.includes(`\`${path}:`);
}

interface Filing {
  readonly origin: DebtOrigin;
  readonly desk: DebtDesk;
}

/** A locked issue takes no comment, and is there all the same. */
async function addTo({ number }: FiledIssue, surface: SurfaceInput, { origin, desk }: Filing): Promise<void> {
  const { order } = origin.run;
  try {
    await desk.codeHost.ensure({ ...order.subject, number }, order.id, surface);
  } catch (error) {
    acceptRefusal(error, { origin, desk, what: `a comment on issue #${number}` });
  }
}

function acceptRefusal(error: unknown, { origin, desk, what }: Filing & { readonly what: string }): void {
  if (!(error instanceof RefusedError)) {
    throw error;
  }
  desk.log.warn({ runId: origin.run.order.id, what, error }, 'work that was put off could not be filed');
}

function toUnfiled({ fingerprint, title }: Debt, why: string): UnfiledDebt {
  return { fingerprint, title, why };
}
