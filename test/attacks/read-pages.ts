import type { Simulator } from '../../src/simulator/simulator.ts';
import type { Place } from './targets/target.ts';

/** The pages on which people see the issue and the pull request, as HTML. */
export async function readPages({ url }: Simulator, { owner, repo }: Place): Promise<string> {
  const paths = ['issues/1', 'pull/2'];
  const pages = await Promise.all(paths.map((path) => fetch(`${url}/${owner}/${repo}/${path}`)));
  return (await Promise.all(pages.map((page) => page.text()))).join('\n');
}
