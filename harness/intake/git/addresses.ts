import { BlockList, isIP, isIPv6 } from 'node:net';

/** Ranges that are not the public internet (IANA's special-purpose registries), and those that carry such addresses inside. */
const INTERNAL: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['::', 128],
  ['::1', 128],
  ['::ffff:0:0', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
  ['5f00::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
];

const list4 = new BlockList();
const list6 = new BlockList();
for (const [network, bits] of INTERNAL) {
  if (isIPv6(network)) list6.addSubnet(network, bits, 'ipv6');
  else list4.addSubnet(network, bits, 'ipv4');
}

/** Whether a numeric address belongs to this host, a private network or anything else that strangers must not make us call. */
export function isInternal(address: string): boolean {
  const bare = address.split('%')[0] ?? '';
  switch (isIP(bare)) {
    case 4:
      return list4.check(bare, 'ipv4');
    case 6:
      return list6.check(bare, 'ipv6');
    default:
      return true;
  }
}
