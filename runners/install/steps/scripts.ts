import { DEPS_DIR, NODE_GYP } from '../../sandbox/image.js';
import { NATIVE_PACKAGES } from '../native/known.js';
import { RELAY_HOST, RELAY_PORT } from '../relay/protocol.js';

/** Where an install happens: a volume in memory with a quota, so that no package can fill the host's disk. */
export const INSTALL_DIR = '/install';

/** How the scripts below end. Managers' own codes are not passed on, so that these are unmistakable. */
export const EXIT = {
  done: 0,
  /** Another run has filled the cache already. */
  cached: 40,
  /** Installed, but some packages must be compiled. */
  needsCompiler: 41,
  /** The files handed over could not be unpacked. */
  notUnpacked: 45,
  /** The cache could not be written, or there is none. */
  notPublished: 46,
  /** There was room for the cache, but what was to go there could not be read or is too large. */
  notPacked: 47,
  /** The package manager failed. */
  managerFailed: 50,
  /** A package could not be compiled. */
  compilerFailed: 60,
} as const;

const TREE = `${INSTALL_DIR}/tree`;
const SCRATCH = `${INSTALL_DIR}/scratch`;
/** Complete when it is there: it gets this name last. */
const PACKED = `${DEPS_DIR}/tree.tar`;
const NOTES = `${DEPS_DIR}/notes.json`;

/** Prints the folders of known native packages without a usable binary. */
const UNBUILT = `
usable() {
  for file in "$1"/build/Release/*.node "$1"/prebuilds/linux-"$ARCH"/*.node "$1"/lib/binding/*/*.node; do
    [ -e "$file" ] && return 0
  done
  return 1
}
unbuilt() {
  for name in ${NATIVE_PACKAGES.join(' ')}; do
    find ${TREE} -type d -path "*/node_modules/$name" | while read -r folder; do
      [ -f "$folder/binding.gyp" ] && ! usable "$folder" && echo "$folder"
    done
  done
}`;

/** Packs all node_modules into the cache and ends. One file, since many small ones take longer to write and to read. */
const PUBLISH = `
publish() {
  packed && exit ${EXIT.done}
  rm -f "${DEPS_DIR}/$NONCE.partial"
  head -c 1048576 /dev/zero > "${DEPS_DIR}/$NONCE.partial" && exit ${EXIT.notPacked}
  exit ${EXIT.notPublished}
}
packed() {
  rm -rf ${SCRATCH}
  cd ${TREE} || return 1
  printf %s "$NOTES" > "${DEPS_DIR}/$NONCE.notes" && mv "${DEPS_DIR}/$NONCE.notes" ${NOTES} || [ -f ${NOTES} ] || return 1
  find . -name node_modules -prune -print0 | tar -cf "${DEPS_DIR}/$NONCE.partial" --null -T - || return 1
  sync "${DEPS_DIR}/$NONCE.partial"
  mv -T "${DEPS_DIR}/$NONCE.partial" ${PACKED} || [ -f ${PACKED} ]
}`;

/** Standard input: a tar of the files to install from. Arguments: the folder to run in, then the manager's command. */
export const INSTALL_SCRIPT = `set -u
if [ -f ${PACKED} ]; then cat ${NOTES}; exit ${EXIT.cached}; fi
${UNBUILT}
${PUBLISH}
rm -rf ${TREE} ${SCRATCH}
mkdir -p ${TREE} ${SCRATCH} && tar -xf - -C ${TREE} || exit ${EXIT.notUnpacked}
tries=0
until (exec 3<>/dev/tcp/${RELAY_HOST}/${RELAY_PORT}) 2>/dev/null; do
  tries=$((tries + 1))
  [ "$tries" -lt 300 ] || break
  sleep 0.1
done
cd "${TREE}/$1" || exit ${EXIT.notUnpacked}
shift
"$@" || exit ${EXIT.managerFailed}
[ -z "$(unbuilt)" ] || exit ${EXIT.needsCompiler}
publish`;

/**
 * Compiles what \`unbuilt\` prints, with the headers of the Node that will run it. This runs code of the packages, and a submission
 * may bring packages of its own: the cache, which no quota bounds, is filled by another container afterwards.
 */
export const COMPILE_SCRIPT = `set -u
${UNBUILT}
for folder in $(unbuilt); do
  echo "compiling \${folder##*/node_modules/}"
  cd "$folder" || exit ${EXIT.compilerFailed}
  npm run --silent --if-present install
  usable . || node ${NODE_GYP} rebuild --release
  usable . || exit ${EXIT.compilerFailed}
  rm -rf build/Release/obj build/Release/obj.target build/Release/.deps
done`;

/** Packs what was compiled. */
export const PUBLISH_SCRIPT = `set -u
${PUBLISH}
publish`;

/**
 * Standard input: the submission. Argument: \`deps\` when there is a cache to unpack too, whose folders give way to files of the
 * submission: what was compiled may have made some of the same names.
 */
export const FILL_SCRIPT = `set -u
if [ "$1" = deps ]; then
  [ -f ${PACKED} ] || exit ${EXIT.notPublished}
  tar -xf ${PACKED} -C /work || exit ${EXIT.notUnpacked}
fi
tar -xf - -C /work --recursive-unlink || exit ${EXIT.notUnpacked}`;
