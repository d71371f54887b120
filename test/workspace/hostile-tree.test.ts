import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Sealed, Tree } from '../../src/ports/workspace.ts';
import { digDeep } from './support/dig-deep.ts';
import { type GitRemote, startGitRemote, toRepository, write } from './support/git-remote.ts';
import { type StartedWorkspace, startWorkspace, toSeal } from './support/start-workspace.ts';

const app = toRepository('app');
const SOMEWHERE = '1234567890123456789012345678901234567890';

describe('src/workspace/trees/seal-tree', () => {
  let remote: GitRemote;
  let started: StartedWorkspace;
  let base: string;
  let tree: Tree;
  let planted: string;

  beforeEach(async () => {
    remote = await startGitRemote();
    remote.create('app');
    base = remote.commit('app', 'main', {
      'a.txt': 'one\n',
      'dir/b.txt': 'two\n',
      module: { gitlink: SOMEWHERE },
      'old-link': { link: '/etc/passwd' },
    });
    started = startWorkspace(remote);
    planted = join(started.home, 'planted');
    tree = await started.workspace.openTree(app, base, 'implement');
  });

  afterEach(async () => {
    expect(existsSync(planted), 'a program of the tree was run').toBe(false);
    await started.stop();
    await remote.close();
  });

  function seal(): Promise<Sealed> {
    return started.workspace.seal(tree, toSeal());
  }

  async function sealed(): Promise<string> {
    const result = await seal();
    if (result.kind !== 'sealed') {
      throw new Error(JSON.stringify(result));
    }
    return result.commit;
  }

  function git(directory: string, ...args: string[]): void {
    execFileSync('git', args, { cwd: directory, stdio: 'ignore' });
  }

  /** A repository whose every setting runs a program. */
  function makeEvilRepository(directory: string): void {
    mkdirSync(directory, { recursive: true });
    git(directory, 'init', '-q', '-b', 'main');
    writeFileSync(join(directory, 'x'), 'x');
    git(directory, 'add', 'x');
    git(directory, '-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '-qm', 'x');
    const program = join(started.home, 'evil.sh');
    writeFileSync(program, `#!/bin/sh\ntouch ${planted}\n`, { mode: 0o755 });
    for (const key of [
      'core.fsmonitor',
      'core.sshCommand',
      'core.pager',
      'diff.external',
      'filter.x.clean',
      'gpg.program',
      'credential.helper',
      'core.editor',
    ]) {
      git(directory, 'config', key, program);
    }
    git(directory, 'config', 'core.hooksPath', started.home);
    for (const hook of [
      'pre-commit',
      'post-checkout',
      'post-index-change',
      'reference-transaction',
      'pre-push',
    ]) {
      writeFileSync(join(started.home, hook), `#!/bin/sh\ntouch ${planted}\n`, { mode: 0o755 });
    }
  }

  it('seals nothing when nothing was changed, submodules and odd links of the base included', async () => {
    expect(lstatSync(join(tree.path, 'old-link')).isSymbolicLink()).toBe(true);
    expect(readdirSync(join(tree.path, 'module'))).toEqual([]);
    expect(await seal()).toEqual({ kind: 'unchanged' });
  });

  it('keeps submodules and odd links of the base in a checkpoint', async () => {
    write(tree.path, 'a.txt', 'changed\n');
    const commit = await sealed();
    expect((await started.workspace.changedFiles(app, base, commit)).map(({ path }) => path)).toEqual([
      'a.txt',
    ]);
  });

  const refused: [string, string, (root: string) => void][] = [
    ['a nested repository', 'sub/.git', (root) => makeEvilRepository(join(root, 'sub'))],
    ['a repository at the top', '.git', (root) => makeEvilRepository(root)],
    [
      'a repository in the place of a submodule',
      'module/.git',
      (root) => makeEvilRepository(join(root, 'module')),
    ],
    ['files in a submodule', 'module', (root) => write(root, 'module/x', 'x')],
    ['a .git file that points elsewhere', 'sub/.git', (root) => write(root, 'sub/.git', 'gitdir: /etc\n')],
    [
      'a .git link',
      'sub/.git',
      (root) => (mkdirSync(join(root, 'sub')), symlinkSync('/etc', join(root, 'sub/.git'))),
    ],
    ['.GIT', '.GIT', (root) => write(root, '.GIT/config', 'x')],
    ['git~1', 'git~1', (root) => write(root, 'git~1/config', 'x')],
    [
      '.git with a character that some systems ignore',
      '.g\\u{200c}it',
      (root) => write(root, '.g\u200cit/config', 'x'),
    ],
    ['.git. as Windows reads it', '.git. .', (root) => write(root, '.git. ./config', 'x')],
    ['a stream of .git', '.git::$INDEX_ALLOCATION', (root) => write(root, '.git::$INDEX_ALLOCATION', 'x')],
    ['a .gitmodules link', '.gitmodules', (root) => symlinkSync('a.txt', join(root, '.gitmodules'))],
    ['an absolute link', 'out', (root) => symlinkSync('/etc/passwd', join(root, 'out'))],
    ['a link above the top', 'dir/out', (root) => symlinkSync('../../x', join(root, 'dir/out'))],
    ['a link that climbs behind a name', 'out', (root) => symlinkSync('dir/../../x', join(root, 'out'))],
    ['a link through another link', 'out', (root) => symlinkSync('old-link', join(root, 'out'))],
    [
      'a changed link',
      'old-link',
      (root) => (rmSync(join(root, 'old-link')), symlinkSync('/etc/shadow', join(root, 'old-link'))),
    ],
    ['a newline in a name', 'a\\u{a}b', (root) => write(root, 'a\nb', 'x')],
    ['an escape character in a name', '\\u{1b}[2Jx', (root) => write(root, '\u001b[2Jx', 'x')],
    ['a name that reads backwards', 'x\\u{202e}txt.exe', (root) => write(root, 'x\u202etxt.exe', 'x')],
    [
      'a name that is not UTF-8',
      '\ufffd\ufffd',
      (root) => writeFileSync(Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0xff, 0xfe])]), 'x'),
    ],
    [
      'a very long path',
      `${'d'.repeat(200)}/`.repeat(6),
      (root) => write(root, `${`${'d'.repeat(200)}/`.repeat(6)}x`, 'x'),
    ],
    ['directories too deep for a path', `${'d'.repeat(200)}/`, (root) => digDeep(root, 60)],
    ['a name of the base in upper case', 'A.TXT', (root) => write(root, 'A.TXT', 'x')],
    ['a file below a directory of the base in upper case', 'DIR/new', (root) => write(root, 'DIR/new', 'x')],
    ['a directory named like a link of the base', 'OLD-LINK/x', (root) => write(root, 'OLD-LINK/x', 'x')],
    [
      'a letter that is composed otherwise',
      '\u00e9/x',
      (root) => (write(root, 'e\u0301/x', 'x'), write(root, '\u00e9/x', 'x')),
    ],
    ['a stream of a file', 'a.txt:stream', (root) => write(root, 'a.txt:stream', 'x')],
    ['a name that ends in a blank', 'aux ', (root) => write(root, 'aux ', 'x')],
    ['a named pipe', 'pipe', (root) => execFileSync('mkfifo', [join(root, 'pipe')])],
  ];

  it.each(refused)('refuses %s', async (_, path, make) => {
    make(tree.path);
    const result = await seal();
    expect(result).toMatchObject({
      kind: 'refused',
      findings: [{ path: expect.stringContaining(path.slice(0, 500)), severity: 'error' }],
    });
  });

  it('takes a file whose name was changed to upper case, since the old one is gone', async () => {
    renameSync(join(tree.path, 'a.txt'), join(tree.path, 'A.txt'));
    const commit = await sealed();
    expect((await started.workspace.changedFiles(app, base, commit)).map(({ path }) => path)).toEqual([
      'A.txt',
    ]);
  });

  it('never follows a link when it reads the tree', async () => {
    const secret = join(started.home, 'secrets');
    write(secret, 'key', 'TOPSECRET');
    rmSync(join(tree.path, 'dir'), { recursive: true });
    symlinkSync(secret, join(tree.path, 'dir'));
    expect(await seal()).toMatchObject({ kind: 'refused', findings: [{ path: 'dir' }] });
  });

  it('reads files which the agent has closed, and removes directories which it has closed', async () => {
    write(tree.path, 'closed/x', 'x\n');
    chmodSync(join(tree.path, 'closed/x'), 0o200);
    const commit = await sealed();
    expect(await started.workspace.readFile(app, commit, 'closed/x')).toEqual(Buffer.from('x\n'));
    chmodSync(join(tree.path, 'closed'), 0o000);
    await tree.close();
    expect(existsSync(tree.path)).toBe(false);
  });

  it('takes the bytes as they are, whatever attributes and filters the tree asks for', async () => {
    write(
      tree.path,
      '.gitattributes',
      '* filter=x text eol=crlf ident diff=x merge=x working-tree-encoding=UTF-16LE\n',
    );
    write(tree.path, '.lfsconfig', '[lfs]\nurl = http://127.0.0.1:1/\n');
    write(
      tree.path,
      '.gitmodules',
      '[submodule "module"]\npath = module\nurl = ext::sh -c true\nignore = all\nupdate = !touch x\n',
    );
    write(tree.path, 'crlf.txt', 'a\r\nb$Id$\r\n');
    const commit = await sealed();
    expect(Buffer.from((await started.workspace.readFile(app, commit, 'crlf.txt')) ?? []).toString()).toBe(
      'a\r\nb$Id$\r\n',
    );
    const again = await started.workspace.openTree(app, commit, 'gate');
    expect(readFileSync(join(again.path, 'crlf.txt'), 'utf8')).toBe('a\r\nb$Id$\r\n');
  });

  it('does not let text hide from a diff as binary', async () => {
    write(tree.path, '.gitattributes', '*.txt binary -diff\n[attr]diff -text\n');
    write(tree.path, 'key.txt', 'password=1\n');
    const commit = await sealed();
    expect(await started.workspace.addedLines(app, base, commit)).toContainEqual({
      path: 'key.txt',
      line: 1,
      text: 'password=1',
    });
    expect(await started.workspace.readDiff(app, base, commit, { maxBytes: 10_000 })).toContain(
      '+password=1',
    );
    expect((await started.workspace.changedFiles(app, base, commit)).every(({ binary }) => !binary)).toBe(
      true,
    );
  });

  it('does not take an ignored file, nor is its own index among the files of the tree', async () => {
    write(tree.path, '.gitignore', 'node_modules/\n');
    write(tree.path, 'node_modules/x/index.js', 'x');
    const commit = await sealed();
    expect((await started.workspace.changedFiles(app, base, commit)).map(({ path }) => path)).toEqual([
      '.gitignore',
    ]);
    expect(readdirSync(tree.path).toSorted()).toEqual([
      '.gitignore',
      'a.txt',
      'dir',
      'module',
      'node_modules',
      'old-link',
    ]);
  });

  it('never asks a nested repository that is ignored', async () => {
    write(tree.path, '.gitignore', 'vendor/\n');
    makeEvilRepository(join(tree.path, 'vendor/x'));
    expect(await seal()).toMatchObject({ kind: 'refused', findings: [{ path: 'vendor/x/.git' }] });
  });
});
