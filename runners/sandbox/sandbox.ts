import { cacheVolume } from './caches.js';
import { readFacts } from './engine/facts.js';
import { evictCaches } from './evict.js';
import { Host } from './host.js';
import type { SandboxOptions } from './options.js';
import { createPod } from './pod.js';
import { sweep } from './sweep.js';
import type { Sandbox } from './types.js';

/** Pods on a Docker engine. Connects with the first call; see SandboxOptions for where. */
export function dockerSandbox(options: SandboxOptions): Sandbox {
  return sandboxOn(new Host(options));
}

export function sandboxOn(host: Host): Sandbox {
  return {
    createPod: (spec) => createPod(host, spec),
    cacheVolume: (name) => cacheVolume(host, name),
    evictCaches: (limits) => evictCaches(host, limits),
    sweep: (scope) => sweep(host, scope),
    describe: () => readFacts(host.engine, host.options.runtime),
    close: () => host.close(),
  };
}
