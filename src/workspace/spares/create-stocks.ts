import type { Sha } from '../../domain/sha.ts';
import type { IndexedDirectory, MirroredCommit } from '../trees/ensure-files.ts';

/** The files of a commit in a directory that nobody but the server has had, ready to become a tree. */
export interface Spare extends IndexedDirectory {
  readonly commit: Sha;
}

/** The spares of one repository. */
interface Stock {
  /** The commit that is likely to be asked for next. */
  expected: MirroredCommit;
  /** How many spares there should be. */
  wanted: number;
  readonly spares: Spare[];
}

/** What is to be done: remove a spare, bring one to the commit that is expected, or make one (`outdated` is null). */
export type Job =
  | { readonly kind: 'remove'; readonly spare: Spare }
  | { readonly kind: 'prepare'; readonly stock: Stock; readonly outdated: Spare | null };

/** Which spares there are, and which there should be. Knows nothing of files. */
export interface Stocks {
  /** Takes a spare out, the one that needs no change first. Whoever finds none shows that one more is wanted. */
  take(wanted: MirroredCommit): Spare | null;
  expect(wanted: MirroredCommit): void;
  /** The next thing to do, those used last first. The spare it is about is out of its stock. */
  nextJob(): Job | null;
  put(stock: Stock, spare: Spare): void;
  /** Wants no spare until a tree was asked for in vain again. */
  giveUp(stock: Stock): void;
}

/**
 * Most repositories that have spares, and most spares of one, which is as many as gates run side by side. Each takes as
 * much room as a tree.
 */
const MOST_STOCKS = 3;
const MOST_SPARES = 4;

export function createStocks(): Stocks {
  // In the order of their use, the last one last.
  const stocks = new Map<number, Stock>();
  const retired: Spare[] = [];

  function find(wanted: MirroredCommit): Stock {
    const { id } = wanted.repository;
    const stock = stocks.get(id) ?? { expected: wanted, wanted: 0, spares: [] };
    stocks.delete(id);
    stocks.set(id, stock);
    for (const [oldest, { spares }] of [...stocks].slice(0, -MOST_STOCKS)) {
      retired.push(...spares);
      stocks.delete(oldest);
    }
    return stock;
  }

  return {
    take(wanted) {
      const stock = find(wanted);
      const spare = takeBest(stock.spares, wanted.commit);
      if (spare === null) {
        stock.wanted = Math.min(MOST_SPARES, stock.wanted + 1);
      }
      return spare;
    },
    expect(wanted) {
      find(wanted).expected = wanted;
    },
    nextJob() {
      const spare = retired.shift();
      return spare === undefined
        ? nextPreparation([...stocks.values()].toReversed())
        : { kind: 'remove', spare };
    },
    put(stock, spare) {
      const known = stocks.get(stock.expected.repository.id) === stock;
      (known ? stock.spares : retired).push(spare);
    },
    giveUp(stock) {
      stock.wanted = 0;
      retired.push(...stock.spares.splice(0));
    },
  };
}

function takeBest(spares: Spare[], commit: Sha): Spare | null {
  const same = spares.findIndex((spare) => spare.commit === commit);
  return spares.splice(Math.max(0, same), 1)[0] ?? null;
}

function nextPreparation(stocks: readonly Stock[]): Job | null {
  for (const stock of stocks) {
    const outdated = stock.spares.findIndex(({ commit }) => commit !== stock.expected.commit);
    if (outdated !== -1 || stock.spares.length < stock.wanted) {
      const [spare = null] = outdated === -1 ? [] : stock.spares.splice(outdated, 1);
      return { kind: 'prepare', stock, outdated: spare };
    }
  }
  return null;
}
