import { describe, expect, it } from 'vitest';
import { type EgressPolicy, planEgress } from '../../../src/gateway/egress/plan-egress.ts';

const NEED = {
  registry: { name: 'npm', variable: 'npm_config_registry', hosts: ['registry.npmjs.org'] },
  hosts: [],
  sends: false,
};
const AUDIT = {
  registry: { ...NEED.registry, name: 'npm-audit', orMirrorOf: 'npm' },
  hosts: [],
  sends: false,
};
const PUBLIC = { name: 'registry.npmjs.org', port: 443 };
const NOTHING: EgressPolicy = { mirrors: new Map(), hosts: [] };

describe('gateway/egress/plan-egress', () => {
  it('leads to the registry, which may not be private', () => {
    expect(planEgress(NEED, NOTHING)).toEqual({
      kind: 'allowed',
      rules: { hosts: [PUBLIC], inside: [], sends: false },
      environment: {},
    });
  });

  it.each([
    ['https://npm.example.com/path', 443],
    ['https://npm.example.com:8443', 8443],
    ['http://npm.example.com', 80],
  ])('leads to the mirror %s in its place, which may be private', (url, port) => {
    const mirror = { name: 'npm.example.com', port };
    const policy = { ...NOTHING, mirrors: new Map([['npm', url]]) };
    const allowed = {
      kind: 'allowed',
      rules: { hosts: [mirror], inside: [mirror], sends: false },
      environment: { npm_config_registry: url },
    };
    expect(planEgress(NEED, policy)).toEqual(allowed);
    expect(planEgress(AUDIT, policy)).toEqual(allowed);
  });

  it.each([
    ['its own mirror', { npm: null, 'npm-audit': 'https://own.example' }, 'allowed'],
    ['its own word', { npm: 'https://npm.example.com', 'npm-audit': null }, 'switched-off'],
    ['that of the registry for which it stands', { npm: null }, 'switched-off'],
  ])('of two names, %s counts first', (_, mirrors, kind) => {
    expect(planEgress(AUDIT, { ...NOTHING, mirrors: new Map(Object.entries(mirrors)) }).kind).toBe(kind);
  });

  it('leads to the hosts that the repository asks for and the operator allows', () => {
    const policy = { ...NOTHING, hosts: ['a.example', 'B.example:8443', 'c.example'] };
    expect(planEgress({ ...NEED, hosts: ['A.example:443', 'b.example:8443'] }, policy)).toMatchObject({
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
      expect(planEgress({ ...NEED, hosts: ['a.example', host] }, policy)).toEqual({
        kind: 'forbidden',
        hosts: [host.includes(':') ? host : `${host}:443`],
      });
    },
  );
});
