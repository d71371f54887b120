import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';

const SOURCES = readdirSync('src', { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && !entry.name.endsWith('.gen.ts'))
  .map((entry) => `${entry.parentPath}/${entry.name}`)
  .toSorted();

function countLines(file: string): number {
  return readFileSync(file, 'utf8').split('\n').length - 1;
}

/** The folders and files that the tree of ARCHITECTURE.md shows directly in `src`. */
function drawnEntries(): readonly string[] {
  const tree = /^src\/$\n(?<entries>(?:^ {2,}.*\n)+)/m.exec(readFileSync('ARCHITECTURE.md', 'utf8'));
  return (tree?.groups?.['entries'] ?? '')
    .split('\n')
    .flatMap((line) => /^ {2}(?<name>[a-z][a-z0-9.-]*)/.exec(line)?.groups?.['name'] ?? []);
}

describe('ARCHITECTURE.md', () => {
  test('draws the folders and files of src that there are', () => {
    const real = readdirSync('src').toSorted();
    expect(drawnEntries().toSorted()).toEqual(real);
  });
});

describe('src', () => {
  const sizes = SOURCES.filter((file) => file.endsWith('.ts'))
    .map((file) => ({ file, lines: countLines(file) }))
    .toSorted((a, b) => a.lines - b.lines);

  function percentile(share: number): number {
    return sizes[Math.ceil(sizes.length * share) - 1]?.lines ?? 0;
  }

  test('keeps files small: half of them have at most 70 lines, nine of ten at most 200, none over 300', () => {
    expect(percentile(0.5)).toBeLessThanOrEqual(70);
    expect(percentile(0.9)).toBeLessThanOrEqual(200);
    expect(sizes.filter(({ lines }) => lines > 300)).toEqual([]);
  });

  test('names every file and folder in kebab-case', () => {
    const odd = SOURCES.filter((file) => !/^src(\/[a-z0-9]+(-[a-z0-9]+)*)+(\.[a-z]+)*$/.test(file));
    expect(odd).toEqual([]);
  });

  test('has no drawer for odds and ends', () => {
    const drawers = /(^|\/)(utils?|helpers?|common|core|services?|types|misc|shared)(\.ts|\/|$)/;
    expect(SOURCES.filter((file) => drawers.test(file))).toEqual([]);
  });

  test.each([
    ['src/gates', 'gate'],
    ['src/commands', 'command'],
    ['src/steps', 'stepKind'],
    ['src/github/webhooks', 'webhook'],
  ])('names each plug-in of %s as its file', async (folder, noun) => {
    const files = readdirSync(folder).filter((file) => file.endsWith('.ts') && !file.endsWith('.gen.ts'));
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      const module: Record<string, { readonly name?: unknown }> = await import(`../../${folder}/${file}`);
      expect(module[noun]?.name).toBe(basename(file, '.ts'));
    }
  });
});
