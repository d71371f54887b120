try {
  const { serve } = await import('./composition/serve.ts');
  await serve();
} catch (error) {
  process.stderr.write(`Baton could not start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
