// Writes every generated file. Usage: node scripts/generate.ts [--check]
// With --check nothing is written; the exit code is 1 when a committed file is not what would be written.

import { generateRegistries } from './generate-registries.ts';
import { findStale, type Generated, writeGenerated } from './generated-files.ts';

const ROOT = '.';

async function readRegistries(): Promise<Generated> {
  return { files: await generateRegistries(ROOT), ownedFolders: [] };
}

/** Everything that is made from the catalog. It is imported late: its registries must be right first. */
async function readPages(): Promise<Generated> {
  const { readCatalog } = await import('../src/catalog/read-catalog.ts');
  const { generateReference } = await import('./reference/generate-reference.ts');
  const { generateSchemas } = await import('./generate-schemas.ts');
  const catalog = await readCatalog({ directory: ROOT });
  return {
    files: new Map([...generateReference(catalog), ...generateSchemas(catalog)]),
    ownedFolders: ['docs/reference', 'schemas'],
  };
}

async function write(): Promise<number> {
  const touched = [
    ...writeGenerated(ROOT, await readRegistries()),
    ...writeGenerated(ROOT, await readPages()),
  ];
  console.log(touched.length === 0 ? 'Nothing has changed.' : touched.join('\n'));
  return 0;
}

async function check(): Promise<number> {
  const registries = findStale(ROOT, await readRegistries());
  const stale = registries.length > 0 ? registries : findStale(ROOT, await readPages());
  if (stale.length === 0) {
    return 0;
  }
  console.log(`${stale.join('\n')}\nRun \`npm run generate\` and commit the result.`);
  return 1;
}

try {
  process.exitCode = process.argv.includes('--check') ? await check() : await write();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
