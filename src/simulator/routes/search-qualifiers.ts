import type { Issue } from '../state/issue.ts';
import type { Placed } from './sort-issues.ts';

type Qualifier = (hit: Placed, value: string) => boolean;

/** What each qualifier of a search asks of an issue; values are in lower case. */
export const QUALIFIERS: ReadonlyMap<string, Qualifier> = new Map<string, Qualifier>([
  ['repo', ({ repository }, value) => repository.fullName.toLowerCase() === value],
  ['org', isOwnedBy],
  ['user', isOwnedBy],
  ['is', ({ issue }, value) => isKind(issue, value)],
  ['type', ({ issue }, value) => isKind(issue, value)],
  ['state', ({ issue }, value) => isKind(issue, value)],
  ['label', ({ issue }, value) => issue.labels.some((label) => label.name.toLowerCase() === value)],
  ['no', ({ issue }, value) => (value === 'label' ? issue.labels : issue.assignees).length === 0],
  ['assignee', ({ issue }, value) => issue.assignees.some((one) => one.login.toLowerCase() === value)],
  ['author', ({ issue }, value) => toLogins(value).includes(issue.user.login.toLowerCase())],
]);

function isOwnedBy({ repository }: Placed, login: string): boolean {
  return repository.owner.login.toLowerCase() === login;
}

// An App is named `app/baton` here, and not by the login of its bot.
function toLogins(author: string): string[] {
  return [author, `${author.replace('app/', '')}[bot]`];
}

function isKind(issue: Issue, kind: string): boolean {
  switch (kind) {
    case 'issue':
      return issue.pull === null;
    case 'pr':
    case 'pull-request':
      return issue.pull !== null;
    case 'merged':
      return issue.pull?.merge !== null && issue.pull !== null;
    case 'draft':
      return issue.pull?.draft === true;
    default:
      return issue.state === kind;
  }
}
