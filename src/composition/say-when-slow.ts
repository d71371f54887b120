/** What is said about work that is slow, and when. */
interface Saying {
  readonly say: () => Promise<unknown>;
  readonly patienceMs: number;
}

/** Does `work`. When it takes longer than that, or fails, `say` is done besides, and is over before this settles. */
export async function sayWhenSlow<Result>(
  work: () => Promise<Result>,
  { say, patienceMs }: Saying,
): Promise<Result> {
  let said: Promise<unknown> | null = null;
  const timer = setTimeout(() => {
    said = say();
  }, patienceMs);
  try {
    return await work();
  } catch (error) {
    said ??= say();
    throw error;
  } finally {
    clearTimeout(timer);
    await said;
  }
}
