import { readCommits } from '../git/commit.ts';
import { listCommitShas } from '../git/commit-range.ts';
import type { RefChange } from '../git/ref-change.ts';
import { ZERO_SHA } from '../git/refs.ts';
import type { Act } from './act.ts';
import { closeIssue } from './update-issue.ts';

const KEYWORD = /\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+(?:([\w.-]+\/[\w.-]+))?#(\d{1,9})\b/gi;
const MOST_COMMITS = 100;

/** The numbers which a text closes in its own repository, by GitHub's keywords. */
function findClosedNumbers(text: string, fullName: string): number[] {
  const numbers = [...text.matchAll(KEYWORD)]
    .filter((match) => match[1] === undefined || match[1].toLowerCase() === fullName.toLowerCase())
    .map((match) => Number(match[2]));
  return [...new Set(numbers)];
}

/** Closes the open issues which a text names with a closing keyword. */
export async function closeByKeyword(act: Act, text: string, commitId: string | null): Promise<void> {
  for (const number of findClosedNumbers(text, act.repository.fullName)) {
    const issue = act.repository.issues.get(number);
    if (issue && issue.pull === null && issue.state === 'open') {
      await closeIssue(act, issue, { reason: 'completed', commitId });
    }
  }
}

/** Closes what the commits newly on the default branch say they close. */
export async function closeIssuesOfCommits(act: Act, change: RefChange): Promise<void> {
  const { git, defaultBranch } = act.repository;
  if (
    change.ref !== `refs/heads/${defaultBranch}` ||
    change.before === ZERO_SHA ||
    change.after === ZERO_SHA
  ) {
    return;
  }
  const shas = await listCommitShas(git, change.after, {
    exclude: [change.before],
    limit: MOST_COMMITS,
    order: 'oldest-first',
  });
  for (const commit of await readCommits(git, shas)) {
    await closeByKeyword(act, commit.message, commit.sha);
  }
}
