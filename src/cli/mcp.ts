import { openDatabase } from '../composition/open-database.ts';
import { openTaskDesk } from '../composition/open-task-desk.ts';
import { ensureHome } from '../config/home.ts';
import { readLocalSettings } from '../config/read-local-settings.ts';
import { serveStandardIo } from '../mcp/serve-stdio.ts';
import { tools } from '../mcp/tools/registry.gen.ts';
import { createLog } from '../telemetry/create-log.ts';
import type { CliCommand } from './command-line.ts';
import { readArguments } from './read-arguments.ts';

export const command: CliCommand = {
  usage: '',
  summary: 'the state machine for one interactive agent, over MCP on standard input and output',
  async run(args) {
    readArguments(args, { mostWords: 0 });
    const { database: where, ...settings } = readLocalSettings();
    const log = createLog({
      ...settings.log,
      secrets: where.kind === 'server' ? [where.url.reveal()] : [],
      // Standard output carries the protocol alone.
      write: (text) => void process.stderr.write(text),
    });
    await ensureHome(settings.home);
    // One that a server of ours has already started is joined; the last who leaves stops it.
    const database = await openDatabase(where, log);
    try {
      const desk = await openTaskDesk(settings, { databaseUrl: database.url, log });
      try {
        await serveStandardIo({ tools, callTool: desk.callTool, log });
      } finally {
        await desk.close();
      }
    } finally {
      await database.close();
    }
    return 0;
  },
};
