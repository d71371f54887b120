import type { Issue } from '../state/issue.ts';
import type { Repository } from '../state/repository.ts';

type IssueFilter = (repository: Repository, issue: Issue) => boolean;

const TERM = /(-?)(?:(\w+):)?(?:"([^"]*)"|(\S+))/g;
const MAX_QUERY = 256;

/** Reads GitHub's search syntax (`repo:a/b is:open label:"x y" words`) into a filter. Unknown qualifiers match all. */
export function toIssueFilter(query: string): IssueFilter {
  const filters = [...query.slice(0, MAX_QUERY).matchAll(TERM)].map(([, minus, qualifier, quoted, bare]) => {
    const filter = toFilter(qualifier ?? 'text', (quoted ?? bare ?? '').toLowerCase());
    return minus === '-' ? negate(filter) : filter;
  });
  return (repository, issue) => filters.every((filter) => filter(repository, issue));
}

function negate(filter: IssueFilter): IssueFilter {
  return (repository, issue) => !filter(repository, issue);
}

function toFilter(qualifier: string, value: string): IssueFilter {
  switch (qualifier) {
    case 'repo':
      return (repository) => repository.fullName.toLowerCase() === value;
    case 'org':
    case 'user':
      return (repository) => repository.owner.login.toLowerCase() === value;
    case 'is':
    case 'type':
    case 'state':
      return (_repository, issue) => isKind(issue, value);
    case 'label':
      return (_repository, issue) => issue.labels.some((label) => label.name.toLowerCase() === value);
    case 'author':
      return (_repository, issue) =>
        [value, `${value.replace('app/', '')}[bot]`].includes(issue.user.login.toLowerCase());
    case 'text':
      return (_repository, issue) => `${issue.title}\n${issue.body ?? ''}`.toLowerCase().includes(value);
    default:
      return () => true;
  }
}

function isKind(issue: Issue, kind: string): boolean {
  switch (kind) {
    case 'issue':
      return issue.pull === null;
    case 'pr':
      return issue.pull !== null;
    case 'merged':
      return issue.pull?.merge !== null && issue.pull !== null;
    case 'draft':
      return issue.pull?.draft === true;
    default:
      return issue.state === kind;
  }
}
