import type { SurfaceReference } from '../../ports/code-host.ts';
import { statusOf } from '../octokit/request-failure.ts';
import { ensureWritten, type Wanted, type Writer, type Written } from './ensure-written.ts';
import type { Publishing } from './publishing.ts';
import { createPullRequestClient, type Pull, type PullRequestClient } from './pull-request-client.ts';
import type { SurfaceOf } from './surface-of.ts';

/**
 * The pull request of a run. Its title is written once, so that people can change it; of its body only our section
 * is ever replaced. One that exists for the branch already is taken over, also when somebody has closed it.
 */
export function ensurePullRequest(
  publishing: Publishing,
  wanted: Wanted & { readonly surface: SurfaceOf<'pull-request'> },
): Promise<SurfaceReference> {
  return ensureWritten(
    publishing,
    wanted,
    createPullRequestWriter(createPullRequestClient(publishing, wanted)),
  );
}

function createPullRequestWriter(client: PullRequestClient): Writer {
  return {
    create: (_effectKey, digest) => ({
      async lookUp() {
        const pull = await client.find();
        return pull === null ? null : toWritten(pull, null);
      },
      async send() {
        try {
          return toWritten(await client.create(), digest);
        } catch (error) {
          // Among other things 422 says that there is one already.
          const existing = statusOf(error) === 422 ? await client.find() : null;
          if (existing === null) {
            throw error;
          }
          return toWritten(existing, null);
        }
      },
    }),
    update: ({ number }, digest) => ({
      async lookUp() {
        const pull = await client.read(number);
        return pull.body === client.toBody(pull) ? toWritten(pull, digest) : null;
      },
      async send() {
        const pull = await client.read(number);
        const body = client.toBody(pull);
        if (body !== pull.body) {
          await client.update(number, body);
        }
        return toWritten(pull, digest);
      },
    }),
  };
}

function toWritten(pull: Pull, digest: string | null): Written {
  return { number: pull.number, url: pull.html_url, digest };
}
