/** How items that arrive together are written together. */
export interface GroupCommit<Item, Result> {
  /** Writes the items in one commit and returns one result for each, in order. */
  commit(items: readonly Item[]): Promise<readonly Result[]>;
  /** Bytes an item counts for. */
  sizeOf(item: Item): number;
  readonly maxItems: number;
  readonly maxBytes: number;
}

interface Waiting<Item, Result> {
  readonly item: Item;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

/**
 * Collects what arrives while a commit is in flight and writes it in the next one, so that the cost of reaching the
 * disk is shared. The returned function resolves after the commit that holds the item, and rejects when that failed.
 */
export function groupCommits<Item, Result>(
  options: GroupCommit<Item, Result>,
): (item: Item) => Promise<Result> {
  const waiting: Waiting<Item, Result>[] = [];
  let busy = false;

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      await write(waiting.splice(0, countNext(waiting, options)), options);
    }
    busy = false;
  }

  return async function add(item) {
    return new Promise<Result>((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!busy) {
        busy = true;
        // Everything that arrives in the same turn of the event loop joins the first commit.
        setImmediate(() => void drain());
      }
    });
  };
}

async function write<Item, Result>(
  batch: readonly Waiting<Item, Result>[],
  options: GroupCommit<Item, Result>,
): Promise<void> {
  try {
    const results = await options.commit(batch.map(({ item }) => item));
    for (const [index, result] of results.entries()) {
      batch[index]?.resolve(result);
    }
  } catch (error) {
    for (const entry of batch) {
      entry.reject(error);
    }
  }
}

/** At least one, so that an item above the byte limit is still written. */
function countNext<Item, Result>(
  waiting: readonly Waiting<Item, Result>[],
  options: GroupCommit<Item, Result>,
): number {
  let bytes = 0;
  let count = 0;
  for (const { item } of waiting) {
    bytes += options.sizeOf(item);
    if (count > 0 && (bytes > options.maxBytes || count === options.maxItems)) {
      break;
    }
    count += 1;
  }
  return count;
}
