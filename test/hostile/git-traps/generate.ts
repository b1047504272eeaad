import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Generate } from '../runner/material.js';

const HOOKS = [
  'post-checkout',
  'post-merge',
  'pre-commit',
  'post-index-change',
  'reference-transaction',
  'fsmonitor-watchman',
];

/** Whatever git command anybody runs in this folder, one of these would answer. */
const settings = (trip: string): string => `[core]
	repositoryformatversion = 0
	bare = false
	fsmonitor = ${trip}
	sshCommand = ${trip}
	editor = ${trip}
	pager = ${trip}
	hooksPath = .git/hooks
	worktree = ..
[diff]
	external = ${trip}
[filter "lfs"]
	clean = ${trip}
	smudge = ${trip}
	process = ${trip}
	required = true
[alias]
	status = !${trip}
[submodule "evil"]
	path = evil
	url = -u./evil
	update = !${trip}
`;

function plant(git: string, trip: string): void {
  mkdirSync(join(git, 'hooks'), { recursive: true });
  for (const folder of ['objects', 'refs/heads', 'info']) mkdirSync(join(git, folder), { recursive: true });
  writeFileSync(join(git, 'HEAD'), 'ref: refs/heads/main\n');
  writeFileSync(join(git, 'config'), settings(trip));
  for (const hook of HOOKS) writeFileSync(join(git, 'hooks', hook), `#!/bin/sh\n${trip}\n`, { mode: 0o755 });
}

const generate: Generate = ({ dir, tripwire }) => {
  const trip = `touch ${tripwire}`;
  plant(join(dir, '.git'), trip);
  plant(join(dir, 'fixtures', 'bare.git'), trip);
  writeFileSync(join(dir, '.gitattributes'), '* filter=lfs diff=lfs\n');
  writeFileSync(join(dir, '.gitmodules'), '[submodule "evil"]\n\tpath = evil\n\turl = -u./evil\n');
};

export default generate;
