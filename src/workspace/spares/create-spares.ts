import { toFullName } from '../remote/remote.ts';
import { type MirroredCommit, removeFiles } from '../trees/ensure-files.ts';
import type { TreeTools } from '../trees/open-tree.ts';
import { createStocks, type Job, type Spare, type Stocks } from './create-stocks.ts';
import { prepareSpare } from './prepare-spare.ts';

/** The files of commits, written ahead, so that whoever opens a tree waits only for what has changed since. */
export interface Spares {
  /**
   * Does `work` with a spare, which is the work's from then on; null when there is none. No preparation begins while
   * anybody is at work; afterwards the same commit is expected again.
   */
  use<Result>(wanted: MirroredCommit, work: (spare: Spare | null) => Promise<Result>): Promise<Result>;
  /** Says which commit is likely to be asked for next. */
  expect(wanted: MirroredCommit): void;
  /** Resolves when nothing is being prepared any more. The signal must have been aborted before. */
  close(): Promise<void>;
}

/** Starts with none. Spares are prepared in the background, one at a time; what fails there harms nobody. */
export function createSpares(tools: TreeTools, signal: AbortSignal): Spares {
  const stocks = createStocks();
  let users = 0;
  let preparing = false;
  let prepared = Promise.resolve();

  function nextJob(): Job | null {
    return users > 0 || signal.aborted ? null : stocks.nextJob();
  }

  async function prepareAll(): Promise<void> {
    for (let job = nextJob(); job !== null; job = nextJob()) {
      try {
        await perform(tools, stocks, job);
      } catch (error) {
        const level = signal.aborted ? 'debug' : 'warn';
        tools.log[level]({ job: job.kind, reason: String(error) }, 'a spare was given up');
      }
    }
    preparing = false;
  }

  function prepare(): void {
    if (!preparing) {
      preparing = true;
      prepared = prepareAll();
    }
  }

  return {
    async use(wanted, work) {
      users += 1;
      try {
        const result = await work(stocks.take(wanted));
        stocks.expect(wanted);
        return result;
      } finally {
        users -= 1;
        prepare();
      }
    },
    expect(wanted) {
      stocks.expect(wanted);
      prepare();
    },
    close: () => prepared,
  };
}

async function perform(tools: TreeTools, stocks: Stocks, job: Job): Promise<void> {
  if (job.kind === 'remove') {
    return removeFiles(job.spare);
  }
  const { stock, outdated } = job;
  const { expected } = stock;
  try {
    const spare = await prepareSpare(tools, expected, outdated);
    stocks.put(stock, spare);
    const fields = { repository: toFullName(expected.repository), commit: spare.commit };
    tools.log.debug({ ...fields, spares: stock.spares.length, wanted: stock.wanted }, 'a spare is ready');
  } catch (error) {
    // Another try would fail in the same way.
    stocks.giveUp(stock);
    throw error;
  }
}
