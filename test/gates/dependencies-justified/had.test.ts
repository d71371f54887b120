import { describe, expect, test } from 'vitest';
import { gate } from '../../../src/gates/dependencies-justified.ts';
import { type Change, evidenceOf } from '../../support/evidence.ts';

function judge(files: NonNullable<Change['files']>) {
  return gate.judge(evidenceOf({ files }), gate.options.parse({}));
}

describe('src/gates/dependencies-justified.ts: what the repository has already', () => {
  test('takes another name in Cargo, and what comes from the workspace, for nothing new', async () => {
    const files = {
      'Cargo.toml': {
        base: '[workspace.dependencies]\nbar = "1"\n',
        head: '[workspace.dependencies]\nfoo = { package = "bar", version = "1" }\n',
      },
      'a/Cargo.toml': { base: '', head: '[dependencies]\nfoo.workspace = true\n' },
      'Cargo.lock': { head: '[[package]]\nname = "bar"\n' },
    };
    expect(await judge(files)).toEqual({ kind: 'pass', summary: 'No new dependency.' });
  });

  test('takes a module of the same go.work for nothing new, unless it is fetched', async () => {
    const files = {
      'go.work': { head: 'go 1.24\n\nuse (\n\t./api // the server\n\t./store\n)\n' },
      'api/go.mod': {
        base: 'module example.com/api\n',
        head: 'module example.com/api\n\nrequire example.com/store v0.0.0\n',
      },
      'store/go.mod': { head: 'module example.com/store\n' },
    };
    expect(await judge(files)).toEqual({ kind: 'pass', summary: 'No new dependency.' });
    const fetched = { 'api/go.sum': { head: 'example.com/store v0.0.0 h1:x\n' } };
    const elsewhere = { 'go.work': { head: 'go 1.24\n\nuse ./api\n' } };
    for (const other of [fetched, elsewhere]) {
      expect(await judge({ ...files, ...other })).toMatchObject({
        kind: 'fail',
        findings: expect.arrayContaining([
          expect.objectContaining({ message: expect.stringMatching(/^example.com\/store is new/) }),
        ]),
      });
    }
  });
});
