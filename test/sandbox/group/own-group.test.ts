import { describe, expect, it } from 'vitest';
import { toOwnGroup } from '../../../src/sandbox/group/own-group.ts';

const SYSTEMD = '25 24 0:22 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw,nsdelegate\n';
const HYBRID = `30 24 0:26 / /sys/fs/cgroup/pids rw shared:9 - cgroup cgroup rw,pids
31 24 0:27 / /sys/fs/cgroup/unified rw shared:10 - cgroup2 cgroup2 rw
`;
const INSIDE = '25 24 0:22 /docker/4711 /sys/fs/cgroup rw - cgroup2 cgroup rw\n';

describe('src/sandbox/group/own-group', () => {
  it.each([
    ['a unit', '0::/system.slice/baton.service\n', SYSTEMD, '/sys/fs/cgroup/system.slice/baton.service'],
    ['a unit after a start', '0::/a.service/baton-server\n', SYSTEMD, '/sys/fs/cgroup/a.service'],
    ['a container with a hierarchy of its own', '0::/\n', SYSTEMD, '/sys/fs/cgroup'],
    ['a container that sees the whole', '0::/docker/4711\n', INSIDE, '/sys/fs/cgroup'],
    ['both versions side by side', '8:pids:/x\n0::/y\n', HYBRID, '/sys/fs/cgroup/unified/y'],
    ['a group beside what is mounted', '0::/docker/4712\n', INSIDE, null],
    ['version 1 alone', '8:pids:/x\n', '30 24 0:26 / /sys/fs/cgroup/pids rw - cgroup cgroup rw,pids\n', null],
    ['nothing', '', '', null],
  ])('finds the group of %s', (_, cgroup, mountinfo, group) => {
    expect(toOwnGroup(cgroup, mountinfo)).toBe(group);
  });
});
