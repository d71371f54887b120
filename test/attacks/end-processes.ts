import { readdir, readFile } from 'node:fs/promises';

/** Ends all processes that have a word on their command line, and says how many there were. */
export async function endProcesses(word: string): Promise<number> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(ids.map((id) => readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')));
  const found = ids.filter((_, index) => lines[index]?.includes(word) === true);
  for (const id of found) {
    try {
      process.kill(Number(id), 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
  return found.length;
}
