import { command as analytics } from './cli/analytics.ts';
import { command as check } from './cli/check.ts';
import { type CliCommand, UsageError } from './cli/command-line.ts';
import { command as doctor } from './cli/doctor.ts';
import { command as mcp } from './cli/mcp.ts';
import { command as runtimes } from './cli/runtimes.ts';
import { command as simulate } from './cli/simulate.ts';
import { command as state } from './cli/state.ts';
import { command as team } from './cli/team.ts';
import { command as trace } from './cli/trace.ts';
import { loadEnvFile } from './config/load-env-file.ts';

const COMMANDS: Readonly<Record<string, CliCommand>> = {
  analytics,
  check,
  doctor,
  mcp,
  runtimes,
  simulate,
  state,
  team,
  trace,
};

const USAGE = [
  'npm run baton -- <command>',
  '',
  ...Object.entries(COMMANDS).map(([name, { usage, summary }]) => `  ${name} ${usage}\n      ${summary}`),
].join('\n');

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function complain(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Returns the exit code: 64 where the command line cannot be understood. */
async function run([name = '--help', ...args]: readonly string[]): Promise<number> {
  if ([name, ...args].some((word) => word === '--help' || word === '-h')) {
    print(USAGE);
    return 0;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) {
    complain(`There is no command ${name}.\n\n${USAGE}`);
    return 64;
  }
  return command.run(args, print);
}

// Whoever reads only the first lines, as `head` does, has seen enough.
process.stdout.on('error', () => process.exit());

loadEnvFile();
try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  complain(error instanceof Error ? error.message : String(error));
  process.exitCode = error instanceof UsageError ? 64 : 1;
}
