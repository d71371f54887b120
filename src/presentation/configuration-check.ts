import type { Change } from '../domain/change.ts';
import type { ConfigurationPreview } from '../domain/configuration-preview.ts';
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
  return {
    kind: 'check-run',
    key: `configuration:${headSha}`,
    name: 'baton / configuration',
    sha: headSha,
    ...(preview.kind === 'faulty' ? toFaulty(preview.faults) : toRight(preview.changes, baseRef)),
  };
}

type Said = Pick<
  Extract<SurfaceInput, { kind: 'check-run' }>,
  'conclusion' | 'title' | 'summary' | 'annotations'
>;

function toFaulty(faults: Extract<ConfigurationPreview, { kind: 'faulty' }>['faults']): Said {
  return {
    conclusion: 'failure',
    title: `The configuration has ${countFindings(faults)}`,
    summary: [
      'Once this is merged, no run would start here.',
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
