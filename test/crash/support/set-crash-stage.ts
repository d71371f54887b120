import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyRecording, type Taking } from '../../support/copy-recording.ts';
import { releaseRecording } from '../../support/recordings.ts';
import { type Stage, type StageOptions, setStage } from '../../support/stage.ts';

interface CrashStageOptions extends Omit<StageOptions, 'recording'>, Taking {}

/** A stage with recorded agents of its own. */
export interface CrashStage extends Stage {
  /** Lets the agents go on that hold their answers back. */
  release(): Promise<void>;
}

/**
 * A stage whose agents answer at once. The database is prepared and Node's compile cache filled by a first Baton that
 * has ended in order, so what is killed later starts fast.
 */
export async function setCrashStage({
  delays = {},
  held = [],
  ...options
}: CrashStageOptions = {}): Promise<CrashStage> {
  const recording = await mkdtemp(join(tmpdir(), 'baton-recording-'));
  await copyRecording(recording, { delays, held });
  const stage = await setStage({ ...options, recording });
  const first = await stage.startBaton();
  await first.stop();
  return {
    ...stage,
    release: () => releaseRecording(recording),
    async stop() {
      await stage.stop();
      await rm(recording, { recursive: true, force: true });
    },
  };
}
