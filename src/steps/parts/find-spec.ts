import { toIssuePath } from '../../domain/own-document.ts';
import type { Attempt } from '../../domain/step-kind.ts';

export interface FoundSpec {
  /** How it is called in findings: its path, or the issue. */
  readonly path: string;
  readonly text: string;
}

const OWN_PHASES = /^#{1,6} +(?:implementation )?phases\s*$/im;
const BRANCH = /^spec branch: *`?([\w][\w./-]{0,199})`?\s*$/im;

/** Where the specification of one issue may be, and where that of the repository is. */
export interface SpecPaths {
  readonly own: string;
  readonly path: string;
}

/**
 * The spec that a run is about: the issue itself, a branch that it names, what was written ahead for it, or the file of
 * the default branch; null when there is none.
 */
export async function findSpec(
  { run, world }: Pick<Attempt<unknown>, 'run' | 'world'>,
  { own, path }: SpecPaths,
): Promise<FoundSpec | null> {
  const { body } = run.order.ticket;
  if (OWN_PHASES.test(body)) {
    return { path: 'the issue', text: body };
  }
  // Read as it is now, not at the base: whoever mends the spec need not begin anew.
  async function read(at: string, branch: string): Promise<FoundSpec | null> {
    const bytes = await world.readFile(at, branch);
    return bytes === null ? null : { path: at, text: new TextDecoder().decode(bytes) };
  }
  const branch = BRANCH.exec(body)?.[1];
  if (branch !== undefined) {
    return await read(path, branch);
  }
  const ahead = await read(toIssuePath(own, run.order), run.base.ref);
  return ahead !== null && OWN_PHASES.test(ahead.text) ? ahead : await read(path, run.base.ref);
}
