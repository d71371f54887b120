import { join } from 'node:path';
import type { Bait } from './arena/bait.ts';
import { endProcesses } from './end-processes.ts';
import type { Seen } from './seen.ts';
import { readProposed } from './targets/read-proposed.ts';
import type { Ending, Place, Target } from './targets/target.ts';

/** An attack that has been played. */
export interface Played {
  readonly bait: Bait;
  readonly place: Place;
  /** The refs and their commits before the server did anything. */
  readonly before: ReadonlyMap<string, string>;
  readonly ending: Ending;
}

/** Looks at what an attack has left behind. */
export async function toSeen(target: Target, { bait, place, before, ending }: Played): Promise<Seen> {
  const { arena, simulator } = target;
  await simulator.settle();
  const written = simulator
    .ledger()
    .filter(({ actor, path }) => ['baton[bot]', 'app'].includes(actor) && isAbout(path, place));
  return {
    ...ending,
    prompts: arena.model.promptsOf(bait.word),
    results: arena.model.resultsOf(bait.word),
    written,
    shown: written.flatMap(({ body }) => toTexts(body)).join('\n'),
    proposed: await readProposed(join(target.repositories, place.owner, `${place.repo}.git`), before),
    startWith: (environment) => target.startWith(environment),
    endSurvivors: () => endProcesses(bait.word),
    kept: async () => `${target.log()}\n${await target.stored()}`,
  };
}

/** Requests for tokens name an installation, which has one repository here. */
function isAbout(path: string, { owner, installation }: Place): boolean {
  return path.includes(`/${owner}/`) || path.includes(`/installations/${installation}/`);
}

function toTexts(value: unknown): readonly string[] {
  if (typeof value === 'string') {
    return [value];
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(toTexts) : [];
}
