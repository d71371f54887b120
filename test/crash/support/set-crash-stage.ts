import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyRecording } from '../../support/copy-recording.ts';
import { type Stage, type StageOptions, setStage } from '../../support/stage.ts';

interface CrashStageOptions extends Omit<StageOptions, 'recording'> {
  /** Milliseconds that calls take, such as `{ 'triage.1': 1000 }`; the others take none. */
  readonly delays?: Readonly<Record<string, number>>;
}

/**
 * A stage whose agents answer at once. The database is prepared and Node's compile cache filled by a first Baton that
 * has ended in order, so what is killed later starts fast.
 */
export async function setCrashStage({ delays, ...options }: CrashStageOptions = {}): Promise<Stage> {
  const recording = await mkdtemp(join(tmpdir(), 'baton-recording-'));
  await copyRecording(recording, delays);
  const stage = await setStage({ ...options, recording });
  const first = await stage.startBaton();
  await first.stop();
  return {
    ...stage,
    async stop() {
      await stage.stop();
      await rm(recording, { recursive: true, force: true });
    },
  };
}
