import type { SurfaceReference } from '../../ports/code-host.ts';
import { statusOf } from '../octokit/request-failure.ts';
import { clipLine } from './clip.ts';
import { ensureWritten, type Wanted, type Write, type Written } from './ensure-written.ts';
import { type Publishing, toIssueParameters } from './publishing.ts';
import type { SurfaceOf } from './surface-of.ts';

const MAX_NAME_BYTES = 50;

/** Puts a label on the issue, or takes it off. */
export function ensureLabel(
  publishing: Publishing,
  wanted: Wanted & { readonly surface: SurfaceOf<'label'> },
): Promise<SurfaceReference> {
  const { subject, surface } = wanted;
  const { rest } = publishing.clientFor(subject.repository, 'issues');
  const issue = toIssueParameters(subject);
  const name = clipLine(surface.name, MAX_NAME_BYTES);

  function apply(digest: string): Write<Written> {
    const written = { number: subject.number, url: '', digest };
    return {
      async lookUp() {
        // An issue has at most 100.
        const { data } = await rest.issues.listLabelsOnIssue({ ...issue, per_page: 100 });
        const isThere = data.some((label) => label.name.toLowerCase() === name.toLowerCase());
        return isThere === surface.present ? written : null;
      },
      async send() {
        if (surface.present) {
          await rest.issues.addLabels({ ...issue, labels: [name] });
        } else {
          await rest.issues.removeLabel({ ...issue, name }).catch(acceptAbsence);
        }
        return written;
      },
    };
  }

  return ensureWritten(publishing, wanted, {
    create: (_effectKey, digest) => apply(digest),
    update: (_at, digest) => apply(digest),
  });
}

function acceptAbsence(error: unknown): void {
  if (statusOf(error) !== 404) {
    throw error;
  }
}
