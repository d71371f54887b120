import { describe, expect, it } from 'vitest';
import { checkDataFiles } from '../../src/catalog/check-data-files.ts';
import { PLUG_INS } from '../../src/catalog/plug-ins.ts';
import type { DataFile } from '../../src/catalog/read-data-files.ts';

function aRole(brief: string): DataFile {
  return { path: 'roles/builder.md', text: `---\nname: builder\ndescription: x\n---\n${brief}\n` };
}

function rolesOf(...roles: readonly DataFile[]) {
  return checkDataFiles({ workflows: [], profiles: [], roles }, PLUG_INS).roles;
}

describe('src/catalog/check-data-files.ts', () => {
  it('lets the catalogs of all commits share what the server’s files hold', () => {
    const file = aRole('Write little.');
    expect(rolesOf(file)).toHaveLength(1);
    expect(rolesOf(file)[0]).toBe(rolesOf(file)[0]);
  });

  it('tells a file from one of the same name in another repository', () => {
    const briefs = ['Write little.', 'Write much.'].map((brief) => rolesOf(aRole(brief))[0]?.brief);
    expect(briefs).toEqual(['Write little.', 'Write much.']);
  });
});
