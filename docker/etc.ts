import type { Entry } from './context.js';

/** The user ids that pods draw from. */
const FIRST_UID = 20_000;
const LAST_UID = 29_999;

/** Account files in which every id a pod may get has a name, so that `os.userInfo()` works in candidate code. */
export function accountFiles(): readonly Entry[] {
  const ids = Array.from({ length: LAST_UID - FIRST_UID + 1 }, (_, index) => FIRST_UID + index);
  return [
    file('etc/passwd', [
      'root:x:0:0:root:/root:/bin/sh',
      ...ids.map((id) => `u${id}:x:${id}:${id}::/tmp:/bin/sh`),
    ]),
    file('etc/group', ['root:x:0:', ...ids.map((id) => `u${id}:x:${id}:`)]),
    file('etc/nsswitch.conf', ['passwd: files', 'group: files', 'hosts: files dns']),
  ];
}

const file = (path: string, lines: readonly string[]): Entry => ({ path, text: `${lines.join('\n')}\n` });
