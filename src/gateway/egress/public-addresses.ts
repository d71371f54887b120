import { BlockList } from 'node:net';

/** Address blocks of IPv4 that do not lead to the public network (IANA special-purpose registry), and multicast. */
const CLOSED_IPV4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  // Also where clouds keep the credentials of their machines.
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
];

/** Of the global block of IPv6, what is documentation or carries an IPv4 address that nobody would look at. */
const CLOSED_IPV6: readonly (readonly [string, number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

const closed = new BlockList();
for (const [network, prefix] of CLOSED_IPV4) {
  closed.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of CLOSED_IPV6) {
  closed.addSubnet(network, prefix, 'ipv6');
}

const global = new BlockList();
global.addSubnet('2000::', 3, 'ipv6');

/** An address as the system resolves it. */
export interface Address {
  readonly address: string;
  readonly family: number;
}

/** Whether an address leads to the public network. */
export function isPublic({ address, family }: Address): boolean {
  return family === 4
    ? !closed.check(address, 'ipv4')
    : global.check(address, 'ipv6') && !closed.check(address, 'ipv6');
}
