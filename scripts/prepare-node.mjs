// Before any TypeScript: stops with a remedy where Node is too old to run it, and keeps what is compiled for the next time.
// Plain JavaScript, because an old Node reads it, and so that Node's own compiler of TypeScript is loaded only when it is needed.
import module from 'node:module';
import { fileURLToPath } from 'node:url';

const NEEDED = 24;
const major = Number(process.versions.node.split('.')[0]);

if (major < NEEDED) {
  console.error(
    [
      `Baton needs Node ${NEEDED}, and this is Node ${process.versions.node}.`,
      'On Linux (x64, arm64) `npm ci` brings its own Node; run things through npm, such as `npm start`.',
      `Elsewhere, or after \`npm ci --omit=optional\`, install Node ${NEEDED} (https://nodejs.org) and try again.`,
    ].join('\n'),
  );
  process.exit(1);
}

// The cache holds nothing but this installation's own code.
module.enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/compiled', import.meta.url)));
