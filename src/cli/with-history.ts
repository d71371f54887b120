import { type History, openHistory } from '../store/open-history.ts';
import { withDatabase } from './with-database.ts';

/** Looks up something in the database of the server, which need not run. @throws Error when there is none. */
export function withHistory<Result>(look: (history: History) => Promise<Result>): Promise<Result> {
  return withDatabase(openHistory, look);
}
