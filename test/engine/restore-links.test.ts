import { mkdir, mkdtemp, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { restoreLinks } from '../../src/engine/embedded/restore-links.ts';

describe('src/engine/embedded/restore-links', () => {
  it('makes the missing links, relative to where they are, also when two processes do so at once', async () => {
    const root = await mkdtemp(path.join(tmpdir(), 'baton-links-'));
    const library = path.join(root, 'native', 'lib');
    await mkdir(library, { recursive: true });
    await writeFile(path.join(library, 'libicu.so.60.2'), 'code');
    const links = ['libicu.so', 'libicu.so.60'].map((name) => ({
      source: 'native/lib/libicu.so.60.2',
      target: `native/lib/${name}`,
    }));
    await writeFile(path.join(root, 'native', 'pg-symlinks.json'), JSON.stringify(links));
    await Promise.all([restoreLinks(root), restoreLinks(root)]);
    await restoreLinks(root);
    expect(await readlink(path.join(library, 'libicu.so'))).toBe('libicu.so.60.2');
    expect(await readFile(path.join(library, 'libicu.so.60'), 'utf8')).toBe('code');
    await rm(root, { recursive: true });
  });
});
