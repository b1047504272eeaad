export { diagnose } from './diagnosis/diagnose.js';
export { measureProfile } from './measure/profile.js';
