import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readWrittenFile } from '../../src/workspace/trees/read-written-file.ts';

let home: string;
let root: string;

beforeAll(async () => {
  home = await realpath(await mkdtemp(join(tmpdir(), 'baton-written-')));
  root = join(home, 'tree');
  await mkdir(join(root, 'reports'), { recursive: true });
  await writeFile(join(home, 'secret.xml'), 'secret');
  await writeFile(join(root, 'reports/a.xml'), '\ufeff<a>é</a>');
  await writeFile(join(root, 'binary'), Buffer.from([0xff, 0xfe, 0xfd]));
  await symlink(join(home, 'secret.xml'), join(root, 'link.xml'));
  await symlink('reports', join(root, 'inside'));
  await symlink(home, join(root, 'outside'));
  await symlink('loop', join(root, 'loop'));
  execFileSync('mkfifo', [join(root, 'pipe')]);
});
afterAll(() => rm(home, { recursive: true, force: true }));

describe('workspace/trees/read-written-file', () => {
  it('reads a text of exactly the allowed size, without its byte order mark', async () => {
    expect(await readWrittenFile(root, 'reports/a.xml', 12)).toEqual({
      kind: 'read',
      text: '<a>é</a>',
      root,
    });
    expect(await readWrittenFile(root, './reports//a.xml', 12)).toMatchObject({ kind: 'read' });
  });

  it.each(['no.xml', 'reports/a.xml/b', 'reports/no/b.xml'])('finds nothing at %s', async (path) => {
    expect(await readWrittenFile(root, path, 100)).toEqual({ kind: 'absent' });
  });

  it.each([
    ['a longer file', 'reports/a.xml', 'has more than 11 bytes'],
    ['a link to a file outside', 'link.xml', 'through a symbolic link'],
    ['a link to a directory inside', 'inside/a.xml', 'through a symbolic link'],
    ['a link to a directory outside', 'outside/secret.xml', 'through a symbolic link'],
    ['a link to itself', 'loop', 'ELOOP'],
    ['a named pipe', 'pipe', 'is no regular file'],
    ['a directory', 'reports', 'is no regular file'],
    ['a way out', '../secret.xml', 'no path inside'],
    ['an absolute path', '/etc/passwd', 'no path inside'],
    ['a NUL', 'a\0b', 'no path inside'],
    ['what is not text', 'binary', 'not text'],
  ])('refuses %s', async (_, path, reason) => {
    expect(await readWrittenFile(root, path, 11)).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining(reason),
    });
  });
});
