import { scriptOf, type JsonObject } from './manifest.js';

/** The command that starts a service by its manifest, as `npm start` would; null when there is none. */
export function startCommand(manifest: JsonObject, hasServerJs: boolean): string | null {
  const script = scriptOf(manifest, 'start');
  if (script === undefined) return hasServerJs ? 'node server.js' : null;
  return command(manifest, 'start', script);
}

/** Start scripts that serve a front end while it is worked on. */
const FRONT_END = /\b(?:react-scripts|vite|ng serve|vue-cli-service|webpack|parcel)\b/;

/** Whether a package among several is the service: it has a start script, and that serves no front end. */
export function startsService(manifest: JsonObject): boolean {
  const script = scriptOf(manifest, 'start');
  return script !== undefined && !FRONT_END.test(script);
}

/** The command that builds, or null. */
export function buildCommand(manifest: JsonObject): string | null {
  const script = scriptOf(manifest, 'build');
  return script === undefined ? null : command(manifest, 'build', script);
}

/**
 * The script itself, which starts faster and gets signals at first hand; or npm, when the script counts on what only npm
 * gives: scripts before and after it, and `npm_` variables.
 */
function command(manifest: JsonObject, name: string, script: string): string {
  const needsNpm =
    scriptOf(manifest, `pre${name}`) !== undefined ||
    scriptOf(manifest, `post${name}`) !== undefined ||
    /npm_|\bINIT_CWD\b/.test(script);
  return needsNpm ? `npm_config_update_notifier=false npm run --silent ${name}` : script;
}
