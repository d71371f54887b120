import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// Compiling is half of what loading takes. The cache holds nothing but this installation's own code.
enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/compiled'));

try {
  const { serve } = await import('./composition/serve.ts');
  await serve();
} catch (error) {
  process.stderr.write(`Baton could not start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
