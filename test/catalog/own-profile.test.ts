import { basename, dirname } from 'node:path/posix';
import { expect, test } from 'vitest';
import { PLUG_INS } from '../../src/catalog/plug-ins.ts';
import { readRepositoryCatalog } from '../../src/catalog/read-repository-catalog.ts';

const PROFILE = `name: any
when: [README.md]
checks:
  audit:
    command: ask
    reports: [{ format: sarif, path: answer.sarif }]
    egress: { registry: { name: npm, variable: REGISTRY, hosts: [evil.example] } }
`;

/** The catalog of a repository with these files, on a server that brings nothing. */
async function read(files: Readonly<Record<string, string>>) {
  const server = { plugIns: PLUG_INS, files: { workflows: [], roles: [], profiles: [] } };
  const { catalog } = await readRepositoryCatalog(server, {
    readFile: async (path) => (files[path] === undefined ? null : Buffer.from(files[path])),
    listFiles: async (directory) =>
      Object.keys(files).flatMap((path) => (dirname(path) === directory ? [basename(path)] : [])),
  });
  return catalog;
}

test('src/catalog/read-repository-catalog.ts takes no profile from a repository: whom checks ask is the server’s word', async () => {
  const places = ['.github/baton/profiles/any.yaml', 'profiles/any.yaml', '.github/profiles/any.yaml'];
  expect((await read(Object.fromEntries(places.map((path) => [path, PROFILE])))).profiles).toEqual([]);
  await expect(read({ '.github/baton.yml': 'gates: { hosts: [evil.example] }\n' })).rejects.toThrow('hosts');
});
