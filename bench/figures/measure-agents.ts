import { readdirSync, readFileSync } from 'node:fs';
import { createAiSdk } from '../../src/runtimes/ai-sdk.ts';
import { type ProgramStage, setProgramStage } from '../../test/runtimes/support/program-stage.ts';
import { PROGRAMS, type Program } from '../../test/runtimes/support/programs.ts';
import { isInstalled } from '../../test/support/runtime-packages.ts';
import { printTable } from '../report/print-table.ts';
import { median, quantile } from '../report/quantile.ts';

const ROUNDS = 10;
const WORK = { kind: 'work', summary: 'It is done.' };

const AI_SDK: Program = {
  provider: 'anthropic',
  open: async () =>
    createAiSdk({ provider: 'anthropic', tools: { readOnly: [], path: [] }, windowTokens: 200_000 }),
  command: (command) => ({ calls: [['run', { command }]] }),
  report: (report) => ({ calls: [['report', { report }]] }),
};

interface Measured {
  readonly times: readonly number[];
  readonly megabytes: readonly number[];
}

/** One step with each runtime, from the brief to the report: one command in the sandbox, and a model that answers at once. */
export async function measureAgents(): Promise<void> {
  const rows: (readonly (string | number)[])[] = [];
  for (const [name, program] of Object.entries<Program>({ 'ai-sdk': AI_SDK, ...PROGRAMS })) {
    if (name === 'ai-sdk' || isInstalled(name)) {
      const { times, megabytes } = await measure(program);
      rows.push([name, median(times), quantile(times, 0.95), Math.max(...megabytes)]);
    }
  }
  printTable(`One step with two answers of the model (${ROUNDS} rounds)`, [
    ['', 'ms, median', '95 %', 'MB in the sandbox'],
    ...rows,
  ]);
}

async function measure({ provider, open, command, report }: Program): Promise<Measured> {
  const runtime = await open();
  const [times, megabytes]: [number[], number[]] = [[], []];
  for (let round = -1; round < ROUNDS; round += 1) {
    const stage: ProgramStage = await setProgramStage({
      runtime,
      provider,
      script: [
        command('echo x > made'),
        () => {
          megabytes.push(memoryIn(stage.tree.path));
          return report(WORK);
        },
      ],
    });
    const startedMs = performance.now();
    const answer = await stage.ask();
    if (answer.kind !== 'answered') {
      throw new Error(`the agent did not do its work: ${JSON.stringify(answer)}`);
    }
    if (round >= 0) {
      times.push(performance.now() - startedMs);
    }
    await stage.close();
  }
  return { times, megabytes };
}

/** Megabytes of all processes that work in a directory; what several share counts once. */
function memoryIn(directory: string): number {
  const sizes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        const [, kilobytes] = /^Pss: +(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')) ?? [];
        return readFileSync(`/proc/${pid}/mountinfo`, 'utf8').includes(directory)
          ? Number(kilobytes) / 1024
          : 0;
      } catch {
        // It has ended meanwhile.
        return 0;
      }
    });
  return sizes.reduce((sum, size) => sum + size, 0);
}
