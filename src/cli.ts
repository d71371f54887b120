import { type CliCommand, UsageError } from './cli/command-line.ts';
import { loadEnvFile } from './config/load-env-file.ts';

type Load = () => Promise<{ readonly command: CliCommand }>;

/** Each needs a part of the program, and some need all of it: so only the one that is asked for is loaded. */
const COMMANDS: Readonly<Record<string, Load>> = {
  analytics: () => import('./cli/analytics.ts'),
  check: () => import('./cli/check.ts'),
  doctor: () => import('./cli/doctor.ts'),
  mcp: () => import('./cli/mcp.ts'),
  runtimes: () => import('./cli/runtimes.ts'),
  simulate: () => import('./cli/simulate.ts'),
  state: () => import('./cli/state.ts'),
  team: () => import('./cli/team.ts'),
  trace: () => import('./cli/trace.ts'),
};

/** Asked for anywhere as an option, or as the first word. */
function isHelp(word: string, at: number): boolean {
  return word === '--help' || word === '-h' || (word === 'help' && at === 0);
}

function describe(name: string, { usage, summary }: CliCommand): string {
  return `  ${`${name} ${usage}`.trim()}\n      ${summary}`;
}

async function describeAll(): Promise<string> {
  const lines = Object.entries(COMMANDS).map(async ([name, load]) => describe(name, (await load()).command));
  return ['npm run baton -- <command>', '', ...(await Promise.all(lines))].join('\n');
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function complain(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Returns the exit code: 64 where the command line cannot be understood. */
async function run(words: readonly string[]): Promise<number> {
  const [name, ...args] = words.filter((word, at) => !isHelp(word, at));
  if (name === undefined) {
    print(await describeAll());
    return 0;
  }
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (load === undefined) {
    complain(`There is no command ${name}.\n\n${await describeAll()}`);
    return 64;
  }
  const { command } = await load();
  if (args.length + 1 < words.length) {
    print(describe(name, command));
    return 0;
  }
  try {
    return await command.run(args, print);
  } catch (error) {
    if (!(error instanceof UsageError)) {
      throw error;
    }
    complain(`${error.message}\n\n${describe(name, command)}`);
    return 64;
  }
}

// Whoever reads only the first lines, as `head` does, has seen enough.
process.stdout.on('error', () => process.exit());

loadEnvFile();
try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  complain(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
