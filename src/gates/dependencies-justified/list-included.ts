import type { Evidence } from '../../domain/evidence.ts';
import { resolvePath } from '../../domain/resolve-path.ts';
import { isRequirements } from '../manifests/manifest-reader.ts';
import { includedBy } from '../manifests/read-requirements.ts';
import { readListing } from '../parts/read-text.ts';

/** Files that include each other more deeply are found in the next attempt only. */
const MAX_FILES = 100;

/** The files of the head that a file of requirements takes in, whatever they are called. */
export async function listIncluded(evidence: Evidence): Promise<ReadonlySet<string>> {
  const paths = new Set(await evidence.paths());
  const included = new Set<string>();
  const open = [...paths].filter(isRequirements);
  for (let count = 0; count < MAX_FILES; count += 1) {
    const path = open.pop();
    if (path === undefined) {
      break;
    }
    const text = (await readListing(evidence, 'head', path)) ?? '';
    const next = includedBy(text).map((one) => resolvePath(path.replace(/\/?[^/]*$/, ''), one));
    for (const one of next
      .filter((other) => other !== null)
      .filter((other) => paths.has(other) && !included.has(other))) {
      included.add(one);
      open.push(one);
    }
  }
  return included;
}
