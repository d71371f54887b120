import type { Issue } from '../state/issue.ts';
import type { Repository } from '../state/repository.ts';
import { sortIssues } from './sort-issues.ts';

type Query = (name: string) => string | undefined;

/** Issues and pull requests as GitHub's list filters and sorts them: open ones, newest first, by default. */
export function listIssues(repository: Repository, query: Query): Issue[] {
  const filters = [byState, byLabels, bySince, byPerson, byMention];
  const found = [...repository.issues.values()].filter((issue) =>
    filters.every((filter) => filter(issue, query)),
  );
  const placed = found.map((issue) => ({ repository, issue }));
  const order = { sort: query('sort'), direction: query('direction') };
  return sortIssues(placed, order).map(({ issue }) => issue);
}

function byState(issue: Issue, query: Query): boolean {
  const state = query('state') ?? 'open';
  return state === 'all' || issue.state === state;
}

function byLabels(issue: Issue, query: Query): boolean {
  const wanted = (query('labels') ?? '').split(',').filter(Boolean);
  return wanted.every((name) =>
    issue.labels.some((label) => label.name.toLowerCase() === name.trim().toLowerCase()),
  );
}

function bySince(issue: Issue, query: Query): boolean {
  const since = query('since');
  return since === undefined || new Date(issue.updatedAt) >= new Date(since);
}

function byPerson(issue: Issue, query: Query): boolean {
  const creator = query('creator');
  const assignee = query('assignee');
  const isCreator = creator === undefined || issue.user.login.toLowerCase() === creator.toLowerCase();
  if (assignee === undefined || assignee === '*') {
    return isCreator && (assignee === undefined || issue.assignees.length > 0);
  }
  const assigned = issue.assignees.some((one) => one.login.toLowerCase() === assignee.toLowerCase());
  return isCreator && (assignee === 'none' ? issue.assignees.length === 0 : assigned);
}

function byMention(issue: Issue, query: Query): boolean {
  const mentioned = query('mentioned');
  return mentioned === undefined || (issue.body ?? '').toLowerCase().includes(`@${mentioned.toLowerCase()}`);
}
