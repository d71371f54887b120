import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readHostLayout } from '../../src/sandbox/read-host-layout.ts';

describe('src/sandbox/read-host-layout', () => {
  let root: string;

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'baton-node-'));
    mkdirSync(join(root, 'dist', 'include', 'node'), { recursive: true });
    writeFileSync(join(root, 'dist', 'include', 'node', 'node_version.h'), '');
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it('opens the whole distribution of Node, but no other directory that a program happens to lie in', () => {
    expect(readHostLayout(join(root, 'dist', 'bin', 'node')).toolchain).toEqual([join(root, 'dist')]);
    expect(readHostLayout('/home/me/bin/node').toolchain).toEqual(['/home/me/bin/node']);
    expect(readHostLayout('/usr/bin/node').toolchain).toEqual([]);
  });
});
