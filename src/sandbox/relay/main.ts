import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { constants } from 'node:os';

/**
 * Runs in the sandbox: `main.ts <socket> <command> [arguments]`. Programs know proxies by host and port, and what leads
 * out is a unix socket. So this listens on the sandbox's own loopback network, passes everything on to the socket, and
 * runs the command with the variables by which programs find a proxy.
 */
async function main([socketPath = '', program = '', ...options]: readonly string[]): Promise<number> {
  const server = createServer((client) => {
    const out = connect(socketPath);
    for (const [one, other] of [
      [client, out],
      [out, client],
    ] as const) {
      one.pipe(other);
      one.once('error', () => other.destroy());
      one.once('close', () => other.destroy());
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const proxy = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  const child = spawn(program, options, {
    stdio: 'inherit',
    // Some programs read the one spelling and some the other.
    env: {
      ...process.env,
      HTTP_PROXY: proxy,
      HTTPS_PROXY: proxy,
      http_proxy: proxy,
      https_proxy: proxy,
    },
  });
  return await new Promise((resolve) => {
    child.once('error', (error) => {
      process.stderr.write(`${error.message}\n`);
      resolve(127);
    });
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal ?? 'SIGKILL']));
  });
}

// What the command has left behind ends with the sandbox.
process.exit(await main(process.argv.slice(2)));
