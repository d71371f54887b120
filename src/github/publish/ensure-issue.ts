import type { Repository } from '../../domain/subject.ts';
import type { FiledIssue, IssueRequest } from '../../ports/code-host.ts';
import { RefusedError } from '../../ports/effects.ts';
import { statusOf } from '../octokit/request-failure.ts';
import { createIssueClient, type IssueClient, type OwnIssue } from './issue-client.ts';
import type { Publishing } from './publishing.ts';

/** Deleting it once can be a slip; who deletes it twice does not want it. */
const MAX_FILINGS = 2;

/**
 * The issue about one thing, whichever run comes with it, first. Its effect belongs to the repository and not to a run,
 * so that runs at the same time and crashes make one. What the ledger has forgotten is found by its marker, open or
 * closed. Throws `RefusedError` when GitHub does not take it.
 */
export async function ensureIssue(
  publishing: Publishing,
  repository: Repository,
  request: IssueRequest,
): Promise<FiledIssue> {
  const client = createIssueClient(publishing, repository, request);
  const first = `debt:${repository.id}:${request.fingerprint}`;
  let key = first;
  const passed = new Set<number>();
  for (let deleted = 0; deleted < MAX_FILINGS; ) {
    const issue = await fileOnce(publishing, { key, request, client });
    const state = issue.filedBy === request.runId ? 'open' : await readState(client, issue);
    if (state === 'open' || state === 'closed') {
      return { ...issue, state };
    }
    if (passed.has(issue.number)) {
      // People have opened and closed them crosswise; the ledger leads round in a circle.
      return { ...issue, state: 'closed' };
    }
    passed.add(issue.number);
    deleted += state === 'deleted' ? 1 : 0;
    key = `${first}:after-${issue.number}`;
  }
  throw new RefusedError(`Somebody has deleted the issue about "${request.title}" ${MAX_FILINGS} times.`);
}

interface Filing {
  readonly key: string;
  readonly request: IssueRequest;
  readonly client: IssueClient;
}

function fileOnce({ effects }: Publishing, { key, request, client }: Filing): Promise<OwnIssue> {
  return effects.ensure({
    key,
    kind: 'issue',
    runId: request.runId,
    lookUp: async () => (await client.find()).issue,
    // The ledger forgets what is long done; GitHub does not.
    async send() {
      const { issue, done } = await client.find();
      return issue ?? (await client.create(done));
    },
  });
}

/** One that cannot be read, for any other reason, may well be there. */
async function readState(
  client: IssueClient,
  { number }: OwnIssue,
): Promise<FiledIssue['state'] | 'done' | 'deleted'> {
  try {
    return await client.readState(number);
  } catch (error) {
    const status = statusOf(error);
    if (status === 410) {
      return 'deleted';
    }
    if (status === 404) {
      return 'open';
    }
    throw error;
  }
}
