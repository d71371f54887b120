import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { HAS_KERNEL, runInKernel } from './kernel.ts';

const SERVER = `${process.execPath} ${join(import.meta.dirname, 'server.ts')}`;

/** As a service manager does: a group with all controllers, which belongs to whom it starts there. */
const IN_GROUP = `echo '+pids +memory +cpu' > /sys/fs/cgroup/cgroup.subtree_control
in_group() { mkdir "/sys/fs/cgroup/$1"; sh -c 'echo 0 > "$0" && exec "$@"' "/sys/fs/cgroup/$1/cgroup.procs" sh -c "$2; true"; }`;

if (!HAS_KERNEL) {
  console.warn(
    'NOT TESTED: control groups, for want of a kernel with them. apt-get install user-mode-linux. ' +
      'What is decided about them is tested in own-group.test.ts and group-files.test.ts.',
  );
}

describe.skipIf(!HAS_KERNEL)('src/sandbox/group/open-groups, in a kernel of its own', () => {
  let facts: readonly Record<string, unknown>[] = [];
  beforeAll(async () => {
    const printed = await runInKernel(`${IN_GROUP}
      in_group service '${SERVER} leftover'
      in_group shared 'sh -c "sleep 1000 & exec sleep 0"; ${SERVER}'
      echo 0 > /sys/fs/cgroup/service/baton-server/cgroup.procs
      mount -o remount,ro /sys/fs/cgroup
      ${SERVER}`);
    facts = [...printed.matchAll(/^FACTS (.*?)\r?$/gm)].map(([, json = '{}']) => JSON.parse(json));
    expect(facts, printed).toHaveLength(3);
  });

  it('limits processes, memory and processor time, with the server out of the way', () => {
    expect(facts[0]).toMatchObject({
      controllers: ['pids', 'memory', 'cpu'],
      again: ['pids', 'memory', 'cpu'],
      own: '0::/service/baton-server',
      probe: { usable: true },
    });
  });

  it('gives a command no more processes than it may have', () => {
    expect(facts[0]?.['bomb']).toMatchObject({
      kind: 'exited',
      output: expect.stringContaining('Resource temporarily unavailable'),
    });
  });

  it('ends all of a command that takes too much memory, and says so', () => {
    expect(facts[0]?.['memory']).toMatchObject({
      kind: 'over-limit',
      limit: 'memory',
      reason: 'It took more than 100 MiB of memory.',
    });
    expect(facts[0]?.['little']).toMatchObject({ kind: 'exited', code: 0, output: '31457280\n' });
  });

  it('gives a command its share of the processors', () => {
    expect(facts[0]?.['cpu']).toBe('20000 100000\n');
  });

  it('leaves no process and no group behind, those of a killed server neither', () => {
    expect(facts[0]).toMatchObject({
      late: { kind: 'timed-out' },
      survivors: 0,
      missing: { kind: 'unavailable' },
      left: ['baton-server'],
    });
  });

  it('leaves a group alone in which there are others', () => {
    expect(facts[1]).toEqual({ why: expect.stringMatching(/shared is shared with process \d+/) });
  });

  it('says why when it may not make groups', () => {
    expect(facts[2]).toEqual({ why: expect.stringMatching(/EROFS/) });
  });
});
