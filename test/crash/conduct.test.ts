import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAINTAINER, toDemoSeed } from '../../src/demo/demo-seed.ts';
import { approving } from '../scenarios/agents.ts';
import { SMALL } from '../scenarios/scene.ts';
import { writing } from '../scenarios/stories/parts.ts';
import { type Calls, writeRecording } from '../support/recordings.ts';
import { REPO, type Stage, setStage } from '../support/stage.ts';
import { untilCallsStored } from './support/executions.ts';
import { within } from './support/until.ts';

const LIMIT_MS = 240_000;

/** The second phase has one module that is quick and two that are not: these are at work until the kill. */
const SPEC = `## Implementation Phases

### Phase 1: One
- Write one

Modules: one
Test Command: test -f src/one.ts
Success Criteria:
- src/one.ts exists

### Phase 2: Three
- Write three

Modules: quick, slow, slower
Test Command: test -f src/quick.ts && test -f src/slow.ts && test -f src/slower.ts
Success Criteria:
- src/*.ts exist
`;

const CALLS: Calls = {
  'phase-1.1': writing('src/one.ts', 'export {};\n'),
  'phase-2-m1-quick.1': writing('src/quick.ts', 'export {};\n'),
  'phase-2-m2-slow.1': writing('src/slow.ts', 'export {};\n'),
  'phase-2-m3-slower.1': writing('src/slower.ts', 'export {};\n'),
  'security-audit.1': approving,
};

let recording: string;
let stage: Stage;
beforeEach(async () => {
  recording = await mkdtemp(join(tmpdir(), 'baton-recording-'));
  const endless = ['phase-2-m2-slow.1', 'phase-2-m3-slower.1'].map((name) => [
    name,
    { ...CALLS[name], delayMs: 600_000 },
  ]);
  await writeRecording(recording, { ...CALLS, ...Object.fromEntries(endless) });
  const repositories = [{ owner: REPO.owner, name: REPO.repo, files: SMALL, labels: ['baton:conduct'] }];
  stage = await setStage({ seed: { ...toDemoSeed(), repositories }, recording });
});
afterEach(async () => {
  await stage.stop();
  await rm(recording, { recursive: true, force: true });
});

/** How often a step was performed to its end, in all processes. */
function countPerformed(step: string): number {
  return stage.lines.filter((line) => line.msg === 'a step was performed' && line['step'] === step).length;
}

describe('crash/conduct', () => {
  it(
    'kill -9 in the middle of a phase: modules that were finished are not written again',
    async () => {
      const environment = { BATON_HOME: `${stage.directory}/home`, LOG_LEVEL: 'debug' };
      const baton = await stage.startBaton(environment);
      const { rest } = stage.as(MAINTAINER);
      const { data: issue } = await rest.issues.create({ ...REPO, title: 'Carry it out', body: SPEC });
      await rest.issues.addLabels({ ...REPO, issue_number: issue.number, labels: ['baton:conduct'] });
      // The only module of the first phase and the quick one of the second; the others still think.
      await untilCallsStored(stage.databaseUrl, 2);
      baton.child.kill('SIGKILL');
      await once(baton.child, 'exit');
      await writeRecording(recording, CALLS);
      await stage.startBaton(environment);
      await within(
        LIMIT_MS,
        'the run to succeed',
        stage.advanced(({ state }) => state === 'succeeded'),
      );

      expect(Object.keys(CALLS).map((call) => countPerformed(call.replace('.1', '')))).toEqual([
        1, 1, 1, 1, 1,
      ]);
      const { data: pulls } = await rest.pulls.list({ ...REPO, state: 'all' });
      expect(pulls).toHaveLength(1);
      const { data: files } = await rest.pulls.listFiles({ ...REPO, pull_number: pulls[0]?.number ?? 0 });
      expect(files.map(({ filename }) => filename)).toEqual([
        'src/one.ts',
        'src/quick.ts',
        'src/slow.ts',
        'src/slower.ts',
      ]);
    },
    3 * LIMIT_MS,
  );
});
