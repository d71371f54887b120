import { startEmbeddedPostgres } from '../../src/engine/start-embedded-postgres.ts';

/** Starts the embedded server in a process of its own, says how, and stops it when told to. */
const server = await startEmbeddedPostgres(process.argv[2] ?? '');
process.stdout.write(`${server.how}\n`);
process.stdin.once('data', () => void stop());

async function stop(): Promise<void> {
  process.stdout.write(`${await server.stop()}\n`);
  process.stdin.destroy();
}
