// Started inside an agent's sandbox, where there is no network: `main.ts <socket> <placeholder> <program> [argument...]`.
// Listens on a port of the sandbox's own loopback, passes on what comes to the socket, and runs the program, which finds
// the address in place of the placeholder. Its standard streams are the program's. It needs nothing but Node.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { constants } from 'node:os';

function join(client: Socket, socketPath: string): void {
  const line = connect({ path: socketPath, allowHalfOpen: true });
  // Either end may go at any time; the other one has to learn of it, and the next connection does not.
  client.once('error', () => line.destroy()).once('close', () => line.destroy());
  line.once('error', () => client.destroy()).once('close', () => client.destroy());
  client.pipe(line).pipe(client);
}

async function listen(socketPath: string): Promise<string> {
  const server = createServer({ allowHalfOpen: true }, (client) => join(client, socketPath));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // It listens on TCP, so this is its form.
  return `http://127.0.0.1:${port}`;
}

/** Runs the program to its end; gives its exit code, as a shell would. */
async function run(argv: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const [program = '', ...args] = argv;
  const child = spawn(program, args, { stdio: 'inherit', env: environment });
  const [code, signal] = await once(child, 'exit');
  return typeof code === 'number' ? code : 128 + constants.signals[signal as NodeJS.Signals];
}

const [socketPath = '', placeholder = '', ...argv] = process.argv.slice(2);
const address = await listen(socketPath);
const given = Object.entries(process.env).map(([name, value]) => [
  name,
  value?.replaceAll(placeholder, address),
]);
const code = await run(
  argv.map((argument) => argument.replaceAll(placeholder, address)),
  Object.fromEntries(given),
).catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  return 127;
});
process.exit(code);
