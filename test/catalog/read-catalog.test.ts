import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { CatalogError } from '../../src/catalog/fault.ts';
import { readCatalog } from '../../src/catalog/read-catalog.ts';

let directory = '';

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  directory = await mkdtemp(join(tmpdir(), 'baton-catalog-'));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(directory, path, '..'), { recursive: true });
    await writeFile(join(directory, path), text);
  }
}

afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

describe('src/catalog/read-catalog.ts', () => {
  test('reads the folders of a directory and the plug-ins that come with Baton', async () => {
    await write({
      'workflows/tiny.yaml':
        'name: tiny\ndescription: x\nsteps:\n  - { id: a, kind: agent, with: { role: r } }\n',
      'workflows/README.md': 'not a workflow',
      'roles/r.md': '---\nname: r\ndescription: x\n---\nDo.\n',
    });
    const catalog = await readCatalog({ directory });
    expect([...catalog.workflows.keys()]).toEqual(['tiny']);
    expect(catalog.profiles).toEqual([]);
    expect(catalog.stepKinds.has('agent')).toBe(true);
    expect(catalog.commands.has('approve')).toBe(true);
  });

  test('rejects with the faults, which name the file', async () => {
    await write({ 'profiles/x.yaml': 'name: x\n' });
    const failure: unknown = await readCatalog({ directory }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(CatalogError);
    expect(failure instanceof CatalogError && failure.faults.map(({ file }) => file)).toEqual([
      'profiles/x.yaml',
      'profiles/x.yaml',
    ]);
  });
});
