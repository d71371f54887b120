import { join, relative } from 'node:path';

/** The group that a server makes for itself when it has moved out of the way of those of its commands. */
export const SERVER_GROUP = 'baton-server';

/**
 * The directory of our own control group, under which we may make more. Null where there is no version 2 of control
 * groups, or where our group is not below what is mounted.
 * @param cgroup the text of `/proc/self/cgroup`
 * @param mountinfo the text of `/proc/self/mountinfo`
 */
export function toOwnGroup(cgroup: string, mountinfo: string): string | null {
  const own = /^0::(\/.*)$/m.exec(cgroup)?.[1];
  const mount = mountinfo
    .split('\n')
    .map(toMount)
    .find((found) => found !== null);
  if (own === undefined || mount === undefined || mount === null) {
    return null;
  }
  const inside = relative(mount.root, own);
  if (inside.startsWith('..')) {
    return null;
  }
  const directory = join(mount.point, inside);
  const server = `/${SERVER_GROUP}`;
  return directory.endsWith(server) ? directory.slice(0, -server.length) : directory;
}

/** One line: id, parent, device, root, mount point, options, more of them up to a dash, type, source, options. */
function toMount(line: string): { readonly root: string; readonly point: string } | null {
  const [place = '', kind = ''] = line.split(' - ');
  const [, , , root, point] = place.split(' ');
  return kind.startsWith('cgroup2 ') && root !== undefined && point !== undefined
    ? { root, point: point.replaceAll(String.raw`\040`, ' ') }
    : null;
}
