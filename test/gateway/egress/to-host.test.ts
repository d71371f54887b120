import { describe, expect, it } from 'vitest';
import { toHost } from '../../../src/gateway/egress/to-host.ts';

describe('gateway/egress/to-host', () => {
  it.each([
    ['registry.npmjs.org:443', { name: 'registry.npmjs.org', port: 443 }],
    ['LocalHost:1', { name: 'localhost', port: 1 }],
    ['registry.npmjs.org', null],
    ['registry.npmjs.org.:443', null],
    ['a b:443', null],
    ['user@host.example:443', null],
    ['host.example:0', null],
    ['host.example:65536', null],
    ['1.2.3.4:443', null],
    ['host.example:443:1', null],
    ['', null],
  ])('reads %s', (authority, host) => {
    expect(toHost(authority, null)).toEqual(host);
  });
});
