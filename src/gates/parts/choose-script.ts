/** What `npm init` writes as the test script: the repository has no tests. */
const NO_TESTS = 'Error: no test specified';

/** The text of the first script that a manifest has and that says something; null when it has none of them. */
export function chooseScript(scripts: ReadonlyMap<string, string>, names: readonly string[]): string | null {
  const texts = names.map((name) => scripts.get(name) ?? '');
  return texts.find((text) => text.trim() !== '' && !text.includes(NO_TESTS)) ?? null;
}
