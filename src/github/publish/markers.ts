import { createHmac } from 'node:crypto';

/**
 * Hidden comments that tell our own text on GitHub from everybody else's. They carry a MAC over what they mark, so
 * nobody else can make one up; one that was copied marks only what it was made for.
 */
export interface Markers {
  /** A MAC over a text, to be shown beside it. */
  sign(text: string): string;
  /** Puts a surface's text between its markers. */
  wrap(place: SurfaceKey, text: string): string;
  /** Whether `body` holds the surface. */
  marks(place: SurfaceKey, body: string): boolean;
  /** `body` with what stands between the surface's markers replaced, the rest as it was; null without markers. */
  replace(place: SurfaceKey, body: string, text: string): string | null;
  /** Names the issue that a pull request was made for. */
  printIssue(repositoryId: number, issue: number): string;
  /** The issue that `printIssue` named in `body`; null when none is, or not by us. */
  readIssue(repositoryId: number, body: string): number | null;
  /** Names what an issue of ours is about, and the run that made it. */
  printDebt(repositoryId: number, mark: DebtMark): string;
  /** What `printDebt` named in `body`; null when nothing is, or not by us. */
  readDebt(repositoryId: number, body: string): DebtMark | null;
}

/** What an issue about work put off is known by. */
export interface DebtMark {
  readonly fingerprint: string;
  readonly runId: string;
}

/** What a surface is known by: see `CodeHost.ensure`. */
export interface SurfaceKey {
  readonly owner: string;
  readonly key: string;
}

const OPENING = '<!-- baton:';
const CLOSING = '<!-- /baton:';
const DEBT = /<!-- baton:debt:([0-9a-f]{16,64}):([\w-]{1,80}):([0-9a-f]{32}) -->/;
const ISSUE = /<!-- baton:issue:([1-9]\d{0,9}):([0-9a-f]{32}) -->/;

/** `secret` must not change, or nothing posted before is found again. */
export function createMarkers(secret: string): Markers {
  function toMac(...parts: readonly (string | number)[]): string {
    return createHmac('sha256', secret).update(JSON.stringify(parts)).digest('hex').slice(0, 32);
  }

  function toPair({ owner, key }: SurfaceKey): { readonly opening: string; readonly closing: string } {
    const mac = toMac('surface', owner, key);
    return { opening: `${OPENING}${mac} -->`, closing: `${CLOSING}${mac} -->` };
  }

  function wrap(place: SurfaceKey, text: string): string {
    const { opening, closing } = toPair(place);
    return `${opening}\n${text}\n${closing}`;
  }

  return {
    sign: (text) => toMac('signed', text),
    wrap,
    marks: (place, body) => body.includes(toPair(place).opening),
    replace(place, body, text) {
      const { opening, closing } = toPair(place);
      const from = body.indexOf(opening);
      const to = body.indexOf(closing, from);
      return from < 0 || to < 0
        ? null
        : `${body.slice(0, from)}${wrap(place, text)}${body.slice(to + closing.length)}`;
    },
    printIssue: (repositoryId, issue) =>
      `${OPENING}issue:${issue}:${toMac('issue', repositoryId, issue)} -->`,
    readIssue(repositoryId, body) {
      const [, issue, mac] = ISSUE.exec(body) ?? [];
      return issue !== undefined && mac === toMac('issue', repositoryId, Number(issue))
        ? Number(issue)
        : null;
    },
    printDebt: (repositoryId, { fingerprint, runId }) =>
      `${OPENING}debt:${fingerprint}:${runId}:${toMac('debt', repositoryId, fingerprint, runId)} -->`,
    readDebt(repositoryId, body) {
      const [, fingerprint, runId, mac] = DEBT.exec(body) ?? [];
      return fingerprint !== undefined &&
        runId !== undefined &&
        mac === toMac('debt', repositoryId, fingerprint, runId)
        ? { fingerprint, runId }
        : null;
    },
  };
}

/** Takes the force out of anything in a text that looks like one of our markers. */
export function withoutMarkers(text: string): string {
  return text.replaceAll(OPENING, '&lt;!-- baton:').replaceAll(CLOSING, '&lt;!-- /baton:');
}
