import { describe, expect, it } from 'vitest';
import { type InstallPolicy, toRules } from '../../src/dependencies/to-rules.ts';
import type { InstallRequest } from '../../src/ports/dependencies.ts';

const REQUEST: InstallRequest = {
  repository: 901,
  installer: {
    locks: ['package-lock.json'],
    from: [],
    command: 'npm ci',
    toolchain: 'npm --version',
    into: ['node_modules'],
    scratch: [],
    registry: { name: 'npm', variable: 'npm_config_registry', hosts: ['registry.npmjs.org'] },
    environment: {},
    withoutScripts: {},
  },
  files: new Map(),
  scripts: false,
  hosts: [],
};
const PUBLIC = { name: 'registry.npmjs.org', port: 443 };
const NOTHING: InstallPolicy = { mirrors: new Map(), hosts: [] };

describe('dependencies/to-rules', () => {
  it('leads to the registry, which may not be private', () => {
    expect(toRules(REQUEST, NOTHING)).toEqual({
      kind: 'allowed',
      rules: { hosts: [PUBLIC], inside: [] },
      mirror: null,
    });
  });

  it.each([
    ['https://npm.example.com/path', 443],
    ['https://npm.example.com:8443', 8443],
    ['http://npm.example.com', 80],
  ])('leads to the mirror %s in its place, which may be private', (url, port) => {
    const mirror = { name: 'npm.example.com', port };
    const policy = { ...NOTHING, mirrors: new Map([['npm', url]]) };
    expect(toRules(REQUEST, policy)).toEqual({
      kind: 'allowed',
      rules: { hosts: [mirror], inside: [mirror] },
      mirror: url,
    });
  });

  it('leads to the hosts that the repository asks for and the operator allows', () => {
    const policy = { ...NOTHING, hosts: ['a.example', 'B.example:8443', 'c.example'] };
    expect(toRules({ ...REQUEST, hosts: ['A.example:443', 'b.example:8443'] }, policy)).toMatchObject({
      rules: {
        hosts: [{ name: 'a.example', port: 443 }, { name: 'b.example', port: 8443 }, PUBLIC],
        inside: [
          { name: 'a.example', port: 443 },
          { name: 'b.example', port: 8443 },
        ],
      },
    });
  });

  it.each([['d.example'], ['a.example:80'], ['sub.a.example'], ['registry.npmjs.org:80']])(
    'allows a repository nothing like %s',
    (host) => {
      const policy = { ...NOTHING, hosts: ['a.example'] };
      expect(toRules({ ...REQUEST, hosts: ['a.example', host] }, policy)).toEqual({
        kind: 'forbidden',
        hosts: [host.includes(':') ? host : `${host}:443`],
      });
    },
  );
});
