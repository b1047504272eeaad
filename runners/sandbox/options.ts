/** How to reach the engine and how this process shows itself there. */
export interface SandboxOptions {
  /** The image that holds namespaces and volumes; its own command is to do nothing. */
  readonly pauseImage: string;
  /** Who this installation is: `sweep('all')` removes everything of the same owner. Letters, digits, `-`, `_`, `.`. */
  readonly owner: string;
  /** `unix:///path` or `tcp://host:port`; absent: DOCKER_HOST, else the local socket. */
  readonly dockerHost?: string;
  /** Folder of ca.pem, cert.pem and key.pem for a TLS engine; absent: DOCKER_CERT_PATH. */
  readonly certPath?: string;
  /** The container runtime, such as `runsc`; absent: the engine's default. */
  readonly runtime?: string;
  /** The longest one call to the engine may take. Default 30 000. */
  readonly callTimeoutMs?: number;
  /** Output is read at this many bytes a second, after a burst of twice as much. Default 8 MiB. */
  readonly logBytesPerSecond?: number;
}

export const DEFAULTS = {
  callTimeoutMs: 30_000,
  logBytesPerSecond: 8 * 1024 * 1024,
} as const;
