import { Octokit } from '@octokit/rest';
import { MAINTAINER, OWNER, REPOSITORY } from '../../src/demo/demo-seed.ts';
import { approving } from '../../test/scenarios/agents.ts';
import { writing } from '../../test/scenarios/stories/parts.ts';
import { type Calls, writeRecording } from '../../test/support/recordings.ts';
import { printTable } from '../report/print-table.ts';
import { type BenchPlace, type BenchStage, setPlace } from '../stage/set-stage.ts';

/** What one agent takes, in milliseconds. */
const THINKING_MS = 4000;
const MODULES = [1, 2, 4, 8];
const PHASES = 5;

/**
 * How much sooner a phase is done when its modules are built at the same time, and what the conductor itself takes for a
 * phase whose agents answer at once. The phases' own test commands do nothing.
 */
export async function measureConduct(): Promise<void> {
  const place = await setPlace();
  const stage = await place.open('conduct', {
    LOG_LEVEL: 'debug',
    BATON_AGENT_LIMIT: '8',
    BATON_AGENT_LIMIT_PER_ROLE: '8',
  });
  const rows: (string | number)[][] = [];
  for (const modules of MODULES) {
    const { builtMs, mergedMs } = await measurePhase(place, stage, modules);
    const parts = [builtMs, builtMs / THINKING_MS, (modules * THINKING_MS) / builtMs, mergedMs];
    rows.push([`${modules}`, ...parts]);
  }
  const alone = await measurePhases(place, stage);
  await stage.stop();
  await place.remove();
  printTable(`(i) a phase of a spec, agents of ${THINKING_MS} ms`, [
    ['modules', 'built, ms', 'of one agent', 'speed-up', 'merging, ms'],
    ...rows,
  ]);
  console.log(
    `  a phase of one module whose agent answers at once: ${Math.round(alone.buildMs)} ms (tree, seal, search for secrets, push), its checks ${Math.round(alone.checkMs)} ms, all between ${Math.round(alone.restMs)} ms`,
  );
}

async function measurePhase(place: BenchPlace, stage: BenchStage, modules: number) {
  const names = Array.from({ length: modules }, (_, index) => `m${index + 1}`);
  const calls = names.map((name, index) => [
    modules === 1 ? 'phase-1.1' : `phase-1-m${index + 1}-${name}.1`,
    { ...writing(`src/${name}-${modules}.ts`, 'export {};\n'), delayMs: THINKING_MS },
  ]);
  const spans = await conduct(place, stage, { spec: toSpec([names]), calls: Object.fromEntries(calls) });
  const built = spans.filter(({ step }) => /^phase-1(?:-m\d.*)?$/.test(step));
  const merge = spans.find(({ step }) => step === 'phase-1-merge');
  return {
    builtMs: Math.max(...built.map(({ to }) => to)) - Math.min(...built.map(({ from }) => from)),
    mergedMs: merge === undefined ? 0 : merge.to - merge.from,
  };
}

/** Several phases of one module, whose agents answer at once. */
async function measurePhases(place: BenchPlace, stage: BenchStage) {
  const names = Array.from({ length: PHASES }, (_, index) => [`p${index + 1}`]);
  const calls = names.map(([name], index) => [
    `phase-${index + 1}.1`,
    writing(`src/${name}.ts`, 'export {};\n'),
  ]);
  const spans = await conduct(place, stage, { spec: toSpec(names), calls: Object.fromEntries(calls) });
  const own = spans.filter(({ step }) => step.startsWith('phase-'));
  const allMs = Math.max(...own.map(({ to }) => to)) - Math.min(...own.map(({ from }) => from));
  const checkMs = sum(own.filter(({ step }) => step.endsWith('-check'))) / PHASES;
  const buildMs = sum(own.filter(({ step }) => !step.endsWith('-check'))) / PHASES;
  return { buildMs, checkMs, restMs: allMs / PHASES - buildMs - checkMs };
}

function sum(spans: readonly Span[]): number {
  return spans.reduce((total, { from, to }) => total + to - from, 0);
}

interface Span {
  readonly step: string;
  readonly from: number;
  readonly to: number;
}

/** Carries out a spec that stands in an issue, and tells when each step was performed. */
async function conduct(
  { simulator, directory }: BenchPlace,
  stage: BenchStage,
  { spec, calls }: { readonly spec: string; readonly calls: Calls },
): Promise<readonly Span[]> {
  await writeRecording(`${directory}/recording`, { ...calls, 'security-audit.1': approving });
  const spans: Span[] = [];
  stage.onLine = (line) => {
    const { msg, step, ms, time } = line;
    if (msg === 'a step was performed' && typeof step === 'string' && typeof ms === 'number') {
      const to = Date.parse(String(time));
      spans.push({ step, from: to - ms, to });
    }
  };
  const { rest } = new Octokit({ auth: simulator.tokenOf(MAINTAINER), baseUrl: simulator.url });
  const repo = { owner: OWNER, repo: REPOSITORY };
  const { data: issue } = await rest.issues.create({ ...repo, title: 'Carry it out', body: spec });
  const gated = stage.advanced(({ step }) => step === 'gates');
  await rest.issues.addLabels({ ...repo, issue_number: issue.number, labels: ['baton:conduct'] });
  await gated;
  await rest.issues.createComment({ ...repo, issue_number: issue.number, body: '/baton cancel' });
  return spans;
}

function toSpec(phases: readonly (readonly string[])[]): string {
  const texts = phases.map(
    (modules, index) =>
      `### Phase ${index + 1}: Work\n- Build it\n\nModules: ${modules.join(', ')}\nTest Command: true\nSuccess Criteria:\n- src/ exists\n`,
  );
  return `## Implementation Phases\n\n${texts.join('\n')}`;
}
