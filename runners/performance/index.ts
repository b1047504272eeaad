export { lookInside, readLook } from './diagnosis/diagnose.js';
export { stopwatch } from './measure/clock.js';
export { measureProfile } from './measure/profile.js';
