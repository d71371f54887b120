import type { Repository } from '../../domain/subject.ts';
import type { IssueRequest } from '../../ports/code-host.ts';
import { statusOf } from '../octokit/request-failure.ts';
import { nullWhenMissing } from './null-when-missing.ts';
import type { Publishing } from './publishing.ts';

const COLOR = 'd4c5f9';
const DESCRIPTION = 'Made by Baton';

/** Baton's own labels say what it is asked for and what it does: nobody who writes a report decides that. */
const OWN = /^baton\b/i;

/**
 * The labels of a new issue as the repository spells them: the configured ones, which are made when it does not have
 * them, and those of the suggested ones that it has.
 */
export async function chooseLabels(
  publishing: Publishing,
  repository: Repository,
  { fingerprint, runId, labels, suggested }: IssueRequest,
): Promise<string[]> {
  const { rest, paginate } = publishing.clientFor(repository, 'issues');
  const here = { owner: repository.owner, repo: repository.name };
  const existing = await paginate(rest.issues.listLabelsForRepo, { ...here, per_page: 100 });
  const spelt = new Map(existing.map(({ name }) => [name.toLowerCase(), name]));

  async function make(name: string): Promise<void> {
    await publishing.effects.ensure({
      key: `label:${repository.id}:${fingerprint}:${name.toLowerCase()}`,
      kind: 'label',
      runId,
      lookUp: () => nullWhenMissing(rest.issues.getLabel({ ...here, name }).then(() => ({ data: {} }))),
      async send() {
        await rest.issues
          .createLabel({ ...here, name, color: COLOR, description: DESCRIPTION })
          .catch(acceptExisting);
        return {};
      },
    });
  }

  for (const name of labels) {
    if (!spelt.has(name.toLowerCase())) {
      await make(name);
    }
  }
  const wanted = suggested.flatMap((name) => spelt.get(name.toLowerCase()) ?? []);
  const configured = labels.map((name) => spelt.get(name.toLowerCase()) ?? name);
  return [...new Set([...configured, ...wanted.filter((name) => !OWN.test(name))])];
}

/** Among other things 422 says that somebody else has made it meanwhile. What else it could be, the issue will tell. */
function acceptExisting(error: unknown): void {
  if (statusOf(error) !== 422) {
    throw error;
  }
}
