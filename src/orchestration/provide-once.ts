import type { Provided } from '../ports/dependencies.ts';
import type { DependencyRequest } from './provide-dependencies.ts';

type Provide = (request: DependencyRequest) => Promise<Provided | null>;

/** Asks once for each commit, however many gates want it; of a failure all are told. */
export function provideOnce(provide: Provide): Provide {
  const asked = new Map<string, ReturnType<Provide>>();
  return (request) => {
    const known = asked.get(request.commit) ?? provide(request);
    asked.set(request.commit, known);
    return known;
  };
}
