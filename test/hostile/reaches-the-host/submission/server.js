'use strict';
const { readFileSync } = require('node:fs');
const { connect } = require('node:net');
const { attempt } = require('./attempts');

const HOSTS = ['172.17.0.1', '172.18.0.1', '10.0.2.2', '192.168.65.254', 'host.docker.internal', 'gateway.docker.internal', 'host.containers.internal'];
const PORTS = [22, 80, 2375, 2376, 4873, 5432, 6379, 8080];

const reach = (options) =>
  new Promise((resolve) => {
    const socket = connect({ ...options, timeout: 2000 });
    const say = (what) => resolve(what) ?? socket.destroy();
    socket.on('connect', () => say(true)).on('timeout', () => say('timeout'));
    socket.on('error', (error) => say(error.code === 'ECONNREFUSED' ? 'refused' : false));
  });
const answering = async (host) => {
  const answers = await Promise.all(PORTS.map(async (port) => [port, await reach({ host, port })]));
  return answers.filter(([, answer]) => answer).map(([port, answer]) => `${port} ${answer}`).join() || false;
};
/** Sockets with a name but no file belong to the network namespace: those of others would be listed here. */
const abstract = () => [...readFileSync('/proc/net/unix', 'utf8').matchAll(/@(\S+)/g)].map((match) => match[1]);

const escapes = () =>
  attempt({
    ...Object.fromEntries(HOSTS.map((host) => [`reached ${host}`, () => answering(host)])),
    'found sockets of others': () => abstract().join() || false,
    'has neighbours': () => readFileSync('/proc/net/arp', 'utf8').trim().split('\n').slice(1).join() || false,
  });

require('./contract').serve({ escapes });
