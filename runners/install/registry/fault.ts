/** The registry or our way to it failed: never the submission's doing. */
export class RegistryFault extends Error {
  readonly code = 'registryUnavailable';

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'RegistryFault';
  }
}
