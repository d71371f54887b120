import { readCommit } from '../git/commit.ts';
import type { Act } from '../operations/act.ts';
import type { Webhooks } from '../serializers/schemas.ts';
import { toCheckSuiteBase, toSimpleCommit } from '../serializers/to-check-suite.ts';
import { toRepositoryUrl } from '../serializers/to-repository.ts';
import type { CheckSuite } from '../state/check-run.ts';
import { emit } from './emit.ts';
import { toEnvelope } from './to-envelope.ts';

/** Asks the App to begin, or begin again, a suite. */
export async function emitCheckSuite(
  act: Act,
  suite: CheckSuite,
  action: 'requested' | 'rerequested',
): Promise<void> {
  const { world, repository } = act;
  const commit = await readCommit(repository.git, suite.headSha);
  if (!commit) {
    return;
  }
  const { app, status: _status, ...base } = toCheckSuiteBase(world, repository, suite);
  const shown = {
    ...base,
    app: { ...app, owner: null, events: [], permissions: {} },
    status: 'queued',
    url: base.url,
    head_commit: {
      ...toSimpleCommit(commit),
      author: { name: commit.author.name, email: commit.author.email },
      committer: { name: commit.committer.name, email: commit.committer.email },
    },
    latest_check_runs_count: 0,
    check_runs_url: `${toRepositoryUrl(world, repository)}/check-suites/${suite.id}/check-runs`,
    rerequestable: true,
    runs_rerequestable: true,
  } satisfies Webhooks['webhook-check-suite-requested']['check_suite'];
  const payload = {
    action,
    check_suite: shown,
    ...toEnvelope(world, repository, act.actor.account),
  };
  emit(world, { event: 'check_suite', repository, payload });
}
