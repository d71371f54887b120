// Stops with a remedy where Node is too old to run TypeScript. Plain JavaScript, because an old Node reads it.
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
