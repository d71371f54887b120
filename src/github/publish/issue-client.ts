import type { Repository } from '../../domain/subject.ts';
import type { FiledIssue, IssueRequest } from '../../ports/code-host.ts';
import { chooseLabels } from './choose-labels.ts';
import { clip, clipLine } from './clip.ts';
import { type DebtMark, withoutMarkers } from './markers.ts';
import type { Publishing } from './publishing.ts';

/** What is remembered of an issue that our App has made. */
export type OwnIssue = Omit<FiledIssue, 'state'>;

/** `done`: closed as done before the look that has found the same again. */
type State = FiledIssue['state'] | 'done';

/** What there is about one thing. */
interface Found {
  /** The issue that our App has made about it, open or closed; null when there is none that is not done. */
  readonly issue: OwnIssue | null;
  /** The newest one that is done. */
  readonly done: number | null;
}

/** The requests about the issue of one fingerprint. */
export interface IssueClient {
  find(): Promise<Found>;
  /** Says which one was done before. */
  create(done: number | null): Promise<OwnIssue>;
  readState(number: number): Promise<State>;
}

type GithubIssue = Awaited<
  ReturnType<ReturnType<Publishing['clientFor']>['rest']['issues']['listForRepo']>
>['data'][number];

/** An issue of ours, and what it is about. */
interface Own extends DebtMark {
  readonly number: number;
  readonly url: string;
  readonly title: string;
  readonly body: string;
  readonly state: State;
}

/** GitHub takes 65,536 characters; the marker needs some of it. */
const MAX_BODY_BYTES = 60_000;
const MAX_TITLE_BYTES = 255;

export function createIssueClient(
  publishing: Publishing,
  repository: Repository,
  request: IssueRequest,
): IssueClient {
  const { appId, markers } = publishing;
  const { rest, paginate } = publishing.clientFor(repository, 'issues');
  const here = { owner: repository.owner, repo: repository.name };
  const { fingerprint, runId } = request;

  /** Somebody else can copy the marker, but not write in our name. */
  function readOwn(issue: GithubIssue): Own | null {
    const body = issue.body ?? '';
    const marked = markers.readDebt(repository.id, body);
    return marked === null || issue.performed_via_github_app?.id !== appId
      ? null
      : {
          ...marked,
          body,
          title: issue.title,
          number: issue.number,
          url: issue.html_url,
          state: toState(issue, request),
        };
  }

  return {
    async find() {
      const query = { ...here, labels: request.labels[0], state: 'all' as const, per_page: 100 };
      let alike: Own | null = null;
      let done: number | null = null;
      for await (const { data } of paginate.iterator(rest.issues.listForRepo, query)) {
        const own = data.flatMap((issue) => readOwn(issue) ?? []).filter((issue) => isAbout(issue, request));
        done ??= own.find(({ state }) => state === 'done')?.number ?? null;
        const left = own.filter(({ state }) => state !== 'done');
        const same = left.find((issue) => issue.fingerprint === fingerprint);
        if (same !== undefined) {
          return { issue: toOwnIssue(same), done };
        }
        alike ??= left[0] ?? null;
      }
      return { issue: alike === null ? null : toOwnIssue(alike), done };
    },
    async create(done) {
      const marker = markers.printDebt(repository.id, { fingerprint, runId });
      const { data } = await rest.issues.create({
        ...here,
        title: clipLine(request.title, MAX_TITLE_BYTES),
        body: `${marker}\n${clip(withoutMarkers(toBody(request, done)), MAX_BODY_BYTES)}`,
        labels: await chooseLabels(publishing, repository, request),
      });
      return { number: data.number, url: data.html_url, filedBy: runId };
    },
    async readState(number) {
      const { data } = await rest.issues.get({ ...here, issue_number: number });
      return toState(data, request);
    },
  };
}

function toOwnIssue({ number, url, runId }: Own): OwnIssue {
  return { number, url, filedBy: runId };
}

function toState(
  issue: Pick<GithubIssue, 'state' | 'state_reason' | 'closed_at'>,
  { looked }: IssueRequest,
): State {
  if (issue.state !== 'closed') {
    return 'open';
  }
  const isDone = issue.state_reason === 'completed' && looked !== undefined;
  return isDone && Date.parse(issue.closed_at ?? '') < Date.parse(looked.at) ? 'done' : 'closed';
}

function isAbout(issue: Own, { fingerprint, isAlike }: IssueRequest): boolean {
  return issue.fingerprint === fingerprint || isAlike?.(issue) === true;
}

function toBody({ body, looked }: IssueRequest, done: number | null): string {
  return done === null || looked === undefined ? body : `${looked.again(done)}\n\n${body}`;
}
