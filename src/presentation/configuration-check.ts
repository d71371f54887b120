import type { Change } from '../domain/change.ts';
import type { ConfigurationPreview } from '../domain/configuration-preview.ts';
import type { Finding } from '../domain/finding.ts';
import type { Sha } from '../domain/sha.ts';
import type { SurfaceInput } from '../domain/surface.ts';
import { code } from './fence.ts';
import { inline } from './inline.ts';
import { countFindings, listFindings } from './list-findings.ts';
import { toAnnotations } from './to-annotations.ts';

const MAX_CHANGES = 100;
const MAX_LENGTH = 400;

/** The check run on a pull request that changes what the repository tells Baton. */
export function configurationCheck(
  { headSha, baseRef }: Change,
  preview: ConfigurationPreview,
): SurfaceInput {
  return toCheck(
    headSha,
    preview.kind === 'faulty'
      ? toFaulty(preview.faults, 'Once this is merged, no run would start here.')
      : toRight(preview.changes, baseRef),
  );
}

/** The check run on a commit of the default branch whose configuration has faults: nobody has proposed it before. */
export function faultyConfiguration(sha: Sha, faults: readonly Finding[]): SurfaceInput {
  return toCheck(
    sha,
    toFaulty(
      faults,
      'This is on the default branch. Until it is mended no run starts here, a team is not enabled, and one that works goes on as it was told before.',
    ),
  );
}

function toCheck(sha: Sha, said: Said): SurfaceInput {
  return { kind: 'check-run', key: `configuration:${sha}`, name: 'baton / configuration', sha, ...said };
}

type Said = Pick<
  Extract<SurfaceInput, { kind: 'check-run' }>,
  'conclusion' | 'title' | 'summary' | 'annotations'
>;

function toFaulty(faults: readonly Finding[], consequence: string): Said {
  return {
    conclusion: 'failure',
    title: `The configuration has ${countFindings(faults)}`,
    summary: [
      consequence,
      listFindings(faults),
      `${code('npm run baton -- check')} says the same on your machine.`,
    ].join('\n\n'),
    annotations: toAnnotations(faults),
  };
}

function toRight(changes: readonly string[], baseRef: string): Said {
  const shown = changes.slice(0, MAX_CHANGES).map((change) => `- ${inline(change, MAX_LENGTH)}`);
  const left = changes.length - shown.length;
  return {
    conclusion: 'success',
    title: changes.length === 0 ? 'The configuration stays as it is' : 'The configuration is right',
    summary: [
      changes.length === 0
        ? 'The files are right, and mean the same as before.'
        : `Nothing of this holds before it is on the default branch. Merged into ${code(baseRef)}, it would change:`,
      [...shown, ...(left > 0 ? [`- … and ${left} more`] : [])].join('\n'),
    ].join('\n\n'),
  };
}
