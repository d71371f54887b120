import type { Repository } from '../../domain/subject.ts';
import type { FiledIssue, IssueRequest } from '../../ports/code-host.ts';
import { chooseLabels } from './choose-labels.ts';
import { clip, clipLine } from './clip.ts';
import { withoutMarkers } from './markers.ts';
import type { Publishing } from './publishing.ts';

/** What is remembered of an issue that our App has made. */
export type OwnIssue = Omit<FiledIssue, 'state'>;

/** The requests about the issue of one fingerprint. */
export interface IssueClient {
  /** The one that our App has made about the same thing, open or closed; null when there is none. */
  find(): Promise<OwnIssue | null>;
  create(): Promise<OwnIssue>;
  readState(number: number): Promise<FiledIssue['state']>;
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

  return {
    async find() {
      const query = { ...here, labels: request.labels[0], state: 'all' as const, per_page: 100 };
      for await (const { data } of paginate.iterator(rest.issues.listForRepo, query)) {
        for (const issue of data) {
          const marked = markers.readDebt(repository.id, issue.body ?? '');
          // Somebody else can copy the marker, but not write in our name.
          if (marked?.fingerprint === fingerprint && issue.performed_via_github_app?.id === appId) {
            return { number: issue.number, url: issue.html_url, filedBy: marked.runId };
          }
        }
      }
      return null;
    },
    async create() {
      const marker = markers.printDebt(repository.id, { fingerprint, runId });
      const { data } = await rest.issues.create({
        ...here,
        title: clipLine(request.title, MAX_TITLE_BYTES),
        body: `${marker}\n${clip(withoutMarkers(request.body), MAX_BODY_BYTES)}`,
        labels: await chooseLabels(publishing, repository, request),
      });
      return { number: data.number, url: data.html_url, filedBy: runId };
    },
    async readState(number) {
      const { data } = await rest.issues.get({ ...here, issue_number: number });
      return data.state === 'closed' ? 'closed' : 'open';
    },
  };
}
