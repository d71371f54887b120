// Writes every generated file. Usage: node scripts/generate.ts [--check]
// With --check nothing is written; the exit code is 1 when a committed file is not what would be written.

import { generateRegistries } from './generate-registries.ts';
import { findStale, type GeneratedFiles, writeGenerated } from './generated-files.ts';

async function generate(root: string): Promise<GeneratedFiles> {
  return new Map(await generateRegistries(root));
}

async function main(): Promise<number> {
  const files = await generate('.');
  if (!process.argv.includes('--check')) {
    const touched = writeGenerated('.', files);
    console.log(touched.length === 0 ? 'nothing to do' : touched.join('\n'));
    return 0;
  }
  const stale = findStale('.', files);
  console.log(
    stale.length === 0
      ? `${files.size} generated files are up to date`
      : `${stale.join('\n')}\nRun \`npm run generate\` and commit the result.`,
  );
  return stale.length === 0 ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
