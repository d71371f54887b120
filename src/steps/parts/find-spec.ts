import type { Attempt } from '../../domain/step-kind.ts';

export interface FoundSpec {
  /** How it is called in findings: its path, or the issue. */
  readonly path: string;
  readonly text: string;
}

const OWN_PHASES = /^#{1,6} +(?:implementation )?phases\s*$/im;
const BRANCH = /^spec branch: *`?([\w][\w./-]{0,199})`?\s*$/im;

/** The spec that a run is about: the issue itself, a branch that it names, or the default branch; null when there is none. */
export async function findSpec(
  { run, world }: Pick<Attempt<unknown>, 'run' | 'world'>,
  path: string,
): Promise<FoundSpec | null> {
  const { body } = run.order.ticket;
  if (OWN_PHASES.test(body)) {
    return { path: 'the issue', text: body };
  }
  // Read as it is now, not at the base: whoever mends the spec need not begin anew.
  const branch = BRANCH.exec(body)?.[1] ?? run.base.ref;
  const bytes = await world.readFile(path, branch);
  return bytes === null ? null : { path, text: new TextDecoder().decode(bytes) };
}
