import { closeSync, openSync } from 'node:fs';
import { DEFAULT_LIMITS } from '../../../src/domain/sandbox-limits.ts';
import { toWatch } from '../../../src/sandbox/watch/open-watch.ts';

/** Closes the watch of a command when this process can open no more files, so that nothing can be started to count. */
const [, , tree = ''] = process.argv;
const guard = toWatch({ written: [tree], limits: DEFAULT_LIMITS, before: null })({
  status: () => '',
  end: () => undefined,
});
const opened: number[] = [];
try {
  for (;;) {
    opened.push(openSync('/dev/null', 'r'));
  }
} catch {
  // None is left.
}
const excess = await guard.close('complete');
opened.forEach((descriptor) => closeSync(descriptor));
process.stdout.write(JSON.stringify(excess));
