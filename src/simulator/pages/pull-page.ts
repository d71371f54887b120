import { html } from 'hono/html';
import { type ChangedFile, readChangedFiles } from '../git/changed-files.ts';
import { type Commit, readCommits } from '../git/commit.ts';
import { listCommitShas } from '../git/commit-range.ts';
import { findMissingRequirements } from '../operations/missing-requirements.ts';
import { type PullFacts, readPullFacts } from '../operations/pull-facts.ts';
import type { PullIssue } from '../state/issue.ts';
import { toHeadLabel } from '../state/pull-request.ts';
import type { Repository } from '../state/repository.ts';
import { layout } from './layout.ts';
import { checkRunBox } from './parts/check-run-box.ts';
import { conversation } from './parts/conversation.ts';
import { diffView } from './parts/diff-view.ts';
import { issueHead } from './parts/issue-head.ts';
import { labelEditor } from './parts/label-editor.ts';
import { postForm } from './parts/post-form.ts';
import { repositoryHead } from './parts/repository-head.ts';
import { toIssuePath } from './parts/to-issue-path.ts';
import type { Html, View } from './view.ts';

/** One pull request: conversation, checks with their buttons, merge, commits and changed files. */
export async function pullPage(view: View, repository: Repository, issue: PullIssue): Promise<Html> {
  const { git } = repository;
  const { baseSha, headSha } = issue.pull;
  const facts = await readPullFacts(git, baseSha, headSha);
  const [files, shas] = await Promise.all([
    readChangedFiles(git, facts.mergeBase, headSha),
    listCommitShas(git, headSha, { exclude: [baseSha], order: 'oldest-first' }),
  ]);
  const commits = await readCommits(git, shas);
  return layout(
    view,
    `${issue.title} · #${issue.number}`,
    html`${repositoryHead(repository)} ${issueHead(issue)}
      <p class="quiet">
        <code>${toHeadName(repository, issue)}</code> into <code>${issue.pull.baseRef}</code>, ${facts.commits} commits,
        <span class="added">+${facts.additions}</span> <span class="removed">−${facts.deletions}</span>
      </p>
      <div class="columns">
        <section>
          ${conversation(repository, issue)} ${reviews(repository, issue)} ${checks(view, repository, issue)}
          ${mergeBox(repository, issue, facts)} ${changes(commits, files)}
        </section>
        ${labelEditor(repository, issue)}
      </div>`,
  );
}

// Only a head in another repository needs its owner.
function toHeadName(repository: Repository, { pull }: PullIssue): string {
  return pull.headRepositoryId === repository.id ? pull.headRef : toHeadLabel(pull);
}

function checks(view: View, repository: Repository, issue: PullIssue): Html {
  const runs = [...repository.checkRuns.values()].filter((run) => run.headSha === issue.pull.headSha);
  return html`<h2>Checks</h2>
    ${runs.length === 0 ? html`<p class="quiet">No check has run on this commit.</p>` : ''}
    ${runs.map((run) => checkRunBox(view, repository, run))}`;
}

function reviews(repository: Repository, issue: PullIssue): Html {
  const given = [...repository.reviews.values()].filter((review) => review.pullNumber === issue.number);
  const back = toIssuePath(repository, issue);
  return html`<h2>Reviews</h2>
    ${given.map(
      (review) => html`<p id="pullrequestreview-${review.id}">
        <strong>${review.user.login}</strong> <span class="state ${review.state.toLowerCase()}">${review.state}</span>
        ${review.body}
      </p>`,
    )}
    ${postForm(
      { action: `${back}/review`, back, look: 'row' },
      html`<input name="body" placeholder="Review comment" aria-label="Review comment" />
        <button name="event" value="APPROVE">Approve</button>
        <button name="event" value="REQUEST_CHANGES">Request changes</button>`,
    )}`;
}

function mergeBox(repository: Repository, issue: PullIssue, facts: PullFacts): Html {
  const back = toIssuePath(repository, issue);
  if (issue.pull.merge) {
    return html`<p class="merge">Merged by ${issue.pull.merge.by.login} as <code>${issue.pull.merge.commitSha}</code>.</p>`;
  }
  if (issue.state === 'closed') {
    return html`<p class="merge">Closed without merging.</p>`;
  }
  const missing = findMissingRequirements(repository, issue);
  return html`<div class="merge">
    ${facts.mergedTree !== null ? '' : html`<p>This branch has conflicts with <code>${issue.pull.baseRef}</code>.</p>`}
    ${missing.map((requirement) => html`<p>${requirement}</p>`)}
    ${
      issue.pull.draft
        ? postForm({ action: `${back}/ready`, back }, html`<button>Ready for review</button>`)
        : postForm(
            { action: `${back}/merge`, back, look: 'row' },
            html`<select name="method" aria-label="Merge method">
                <option value="merge">Merge commit</option>
                <option value="squash">Squash</option>
                <option value="rebase">Rebase</option>
              </select>
              <button class="primary">Merge pull request</button>`,
          )
    }
  </div>`;
}

function changes(commits: readonly Commit[], files: readonly ChangedFile[]): Html {
  return html`<h2>Commits</h2>
    <ul class="list">
      ${commits.map(
        (commit) => html`<li>
          <code>${commit.sha.slice(0, 7)}</code> ${commit.message.split('\n')[0]}
          <span class="quiet">${commit.author.name}</span>
        </li>`,
      )}
    </ul>
    <h2>Files changed</h2>
    ${diffView(files)}`;
}
