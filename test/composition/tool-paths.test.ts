import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toToolPaths } from '../../src/composition/tool-paths.ts';

describe('composition/tool-paths', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'baton-tools-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('shows a directory of programs, and of packages all', () => {
    const directories = ['/opt/tools', '/opt/shop/node_modules/.bin'];
    expect(toToolPaths(directories)).toEqual({
      readOnly: ['/opt/tools', '/opt/shop/node_modules'],
      path: directories,
    });
  });

  it('shows the library of a Python beside its programs, and no other', () => {
    const [python, other] = [join(root, 'python/bin'), join(root, 'home/bin')];
    mkdirSync(join(root, 'python/lib/python3.12'), { recursive: true });
    mkdirSync(join(root, 'home/lib/secrets'), { recursive: true });
    expect(toToolPaths([python, other])).toEqual({
      readOnly: [python, join(root, 'python/lib'), other],
      path: [python, other],
    });
  });
});
