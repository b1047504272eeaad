import { dockerSandbox } from '../../../runners/sandbox/index.js';
import { podSpec, spec } from './provider.js';

/** A process of its own that makes a pod and then waits to be killed. */
const [owner, pauseImage, image] = process.argv.slice(2) as [string, string, string];
const sandbox = dockerSandbox({ pauseImage, owner });
const pod = await sandbox.createPod(
  podSpec({ volumes: { work: { sizeMb: 4, inodes: 50, owner: 'service' } } }),
);
// Whoever dies in the middle of a measurement leaves it frozen.
await (await pod.start(spec(pod, image, 'exec sleep 60'))).pause();
process.stdout.write('ready\n');
setInterval(() => undefined, 1_000);
