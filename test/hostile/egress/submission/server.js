'use strict';
const { createSocket } = require('node:dgram');
const { lookup } = require('node:dns/promises');
const { readFileSync } = require('node:fs');
const { connect } = require('node:net');
const { networkInterfaces } = require('node:os');
const { attempt } = require('./attempts');

/** Addresses for documentation, which belong to nobody, and the metadata service of clouds. */
const TCP = [['192.0.2.1', 80], ['198.51.100.1', 443], ['2001:db8::1', 443], ['169.254.169.254', 80], ['fd00:ec2::254', 80]];

/** A timeout counts: packets that get lost have left the machine. */
const reach = (host, port) =>
  new Promise((resolve, reject) => {
    const socket = connect({ host, port, timeout: 2500 });
    const say = (what) => resolve(`${host}:${port} ${what}`) ?? socket.destroy();
    socket.on('connect', () => say('answered')).on('timeout', () => say('has a route'));
    socket.on('error', (error) => (['ENETUNREACH', 'EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EPERM'].includes(error.code) ? reject(error) : say(error.code)));
  });

const tunnel = (host) =>
  new Promise((resolve, reject) => {
    const socket = createSocket('udp4');
    socket.on('error', reject);
    socket.send(Buffer.from('secret.tunnel.example'), 53, host, (error) => (error ? reject(error) : resolve(`sent to ${host}`)));
  });

const resolvers = () => [...readFileSync('/etc/resolv.conf', 'utf8').matchAll(/^nameserver (\S+)/gm)]
    .map((match) => match[1])
    .filter((address) => !/^127\.|^::1$/.test(address));

const escapes = () =>
  attempt({
    'has an interface': () => Object.keys(networkInterfaces()).filter((name) => name !== 'lo').join() || false,
    'has a route': () => readFileSync('/proc/net/route', 'utf8').trim().split('\n').slice(1).join() || false,
    'resolved a name': async () => (await lookup('example.com')).address,
    'asked a resolver': async () => (await Promise.allSettled(resolvers().map(tunnel))).find((sent) => sent.status === 'fulfilled')?.value,
    'sent a datagram': () => tunnel('192.0.2.53'),
    ...Object.fromEntries(TCP.map(([host, port]) => [`reached ${host}`, () => reach(host, port)])),
  });

require('./contract').serve({ escapes });
