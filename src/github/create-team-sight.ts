import type { Probot } from 'probot';
import type { Repository } from '../domain/subject.ts';
import type {
  InstalledRepository,
  Labelling,
  ListedIssue,
  ListedPull,
  TeamSight,
} from '../ports/team-sight.ts';
import { isFork } from './is-fork.ts';
import type { ListingFor } from './octokit/create-listing.ts';
import type { ClientFor } from './octokit/repository-clients.ts';
import { statusOf } from './octokit/request-failure.ts';

/** Issues that are looked at, and pull requests that changed last. */
const MAX_ISSUES = 300;
const PER_PAGE = 100;
/** Never there, or deleted. */
const MISSING: ReadonlySet<number> = new Set([404, 410]);

interface Github {
  readonly probot: Probot;
  readonly clientFor: ClientFor;
  readonly listingFor: ListingFor;
}

/** What members of the team look at, on GitHub. */
export function createTeamSight({ probot, clientFor, listingFor }: Github): TeamSight {
  return {
    installed: () => listInstalled(probot, listingFor),
    issues: (repository) => listIssues(clientFor, repository),
    async pulls(repository) {
      const { rest } = clientFor(repository, 'read');
      const { data } = await rest.pulls.list({
        ...toPlace(repository),
        state: 'all',
        sort: 'updated',
        direction: 'desc',
        per_page: PER_PAGE,
      });
      return data.map((pull) => toListedPull(pull, repository));
    },
    async changedPaths(repository, pull) {
      const { rest, paginate } = clientFor(repository, 'read');
      const query = { ...toPlace(repository), pull_number: pull, per_page: PER_PAGE };
      // GitHub tells of 3000 files at most.
      const files = await paginate(rest.pulls.listFiles, query);
      return files.flatMap(({ filename, previous_filename: from }) =>
        from === undefined ? [filename] : [filename, from],
      );
    },
    async hasIssue(repository, number) {
      const { rest } = clientFor(repository, 'read');
      try {
        await rest.issues.get({ ...toPlace(repository), issue_number: number });
        return true;
      } catch (error) {
        if (MISSING.has(statusOf(error) ?? 0)) {
          return false;
        }
        throw error;
      }
    },
    labelling: (repository, issue, label) => findLabelling(clientFor, repository, { issue, label }),
  };
}

async function listInstalled(
  probot: Probot,
  listingFor: ListingFor,
): Promise<readonly InstalledRepository[]> {
  const app = await probot.auth();
  const installations = await app.paginate(app.rest.apps.listInstallations, { per_page: PER_PAGE });
  const found: InstalledRepository[] = [];
  for (const { id: installationId, suspended_at: suspendedAt } of installations) {
    if (suspendedAt === null || suspendedAt === undefined) {
      const octokit = await listingFor(installationId);
      const repositories = await octokit.paginate(octokit.rest.apps.listReposAccessibleToInstallation, {
        per_page: PER_PAGE,
      });
      found.push(
        ...repositories.map(({ id, owner, name, pushed_at: pushedAt }) => ({
          id,
          owner: owner.login,
          name,
          installationId,
          pushedAt: pushedAt ?? '',
        })),
      );
    }
  }
  return found;
}

async function listIssues(clientFor: ClientFor, repository: Repository): Promise<readonly ListedIssue[]> {
  const { rest, paginate } = clientFor(repository, 'read');
  const query = { ...toPlace(repository), state: 'open', direction: 'asc', per_page: PER_PAGE } as const;
  const issues: ListedIssue[] = [];
  for await (const { data } of paginate.iterator(rest.issues.listForRepo, query)) {
    issues.push(...data.filter((issue) => issue.pull_request === undefined).map(toListedIssue));
    if (issues.length >= MAX_ISSUES) {
      break;
    }
  }
  return issues;
}

type Rest = ReturnType<ClientFor>['rest'];
type GithubIssue = Awaited<ReturnType<Rest['issues']['listForRepo']>>['data'][number];
type GithubPull = Awaited<ReturnType<Rest['pulls']['list']>>['data'][number];

function toListedIssue(issue: GithubIssue): ListedIssue {
  return {
    number: issue.number,
    title: toText(issue.title),
    body: toText(issue.body ?? ''),
    url: issue.html_url,
    author: toActor(issue.user),
    labels: issue.labels.flatMap((label) => (typeof label === 'string' ? label : (label.name ?? []))),
    createdAt: issue.created_at,
    updatedAt: issue.updated_at,
  };
}

function toListedPull(pull: GithubPull, repository: Repository): ListedPull {
  const { number, title, body, head, base, draft, state, html_url: url, merged_at: mergedAt } = pull;
  return {
    number,
    title: toText(title),
    body: toText(body ?? ''),
    url,
    author: toActor(pull.user),
    headSha: head.sha,
    headRef: head.ref,
    baseRef: base.ref,
    fork: isFork(head, repository),
    draft: draft ?? false,
    state: mergedAt === null ? toState(state) : 'merged',
    mergedAt,
  };
}

function toState(state: string): 'open' | 'closed' {
  return state === 'open' ? 'open' : 'closed';
}

/** What a database takes: without NUL and without half surrogate pairs. */
function toText(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}

/** Accounts can be deleted; GitHub then has `ghost` in their place. */
function toActor(user: { readonly id: number; readonly login: string } | null) {
  return user === null ? { id: 10_137, login: 'ghost' } : { id: user.id, login: user.login };
}

async function findLabelling(
  clientFor: ClientFor,
  repository: Repository,
  { issue, label }: { readonly issue: number; readonly label: string },
): Promise<Labelling | null> {
  const { rest, paginate } = clientFor(repository, 'read');
  const query = { ...toPlace(repository), issue_number: issue, per_page: PER_PAGE };
  const events = await paginate(rest.issues.listEvents, query);
  const last = events.findLast(
    (event) =>
      (event.event === 'labeled' || event.event === 'unlabeled') &&
      'label' in event &&
      event.label?.name?.toLowerCase() === label.toLowerCase(),
  );
  if (last?.event !== 'labeled' || last.actor === null) {
    return null;
  }
  return {
    eventId: last.id,
    actor: { id: last.actor.id, login: last.actor.login },
    byProgram: last.actor.type === 'Bot',
    at: last.created_at,
  };
}

function toPlace({ owner, name }: Repository) {
  return { owner, repo: name };
}
