/**
 * Packages whose install script compiles or downloads what they cannot do without. Install scripts do not run, so these are
 * compiled afterwards, offline, unless the package brings a binary for this system.
 */
export const NATIVE_PACKAGES = [
  '@mongodb-js/zstd',
  'argon2',
  'bcrypt',
  'better-sqlite3',
  'bigint-buffer',
  'classic-level',
  'ed25519',
  'farmhash',
  'isolated-vm',
  'kerberos',
  'leveldown',
  'libxmljs2',
  'lmdb',
  'microtime',
  'msgpackr-extract',
  'node-expat',
  'node-rdkafka',
  're2',
  'rocksdb',
  'scrypt',
  'secp256k1',
  'snappy',
  'sodium-native',
  'sqlite3',
  'unix-dgram',
  'xxhash',
  'zeromq',
] as const;
