/** A pack that cannot be used as it is. The message names the file and the field; it is for the pack's author. */
export class PackError extends Error {
  constructor(
    readonly file: string,
    readonly field: string | null,
    reason: string,
  ) {
    super(field === null ? `${file}: ${reason}` : `${file}: ${field} ${reason}`);
    this.name = 'PackError';
  }
}
