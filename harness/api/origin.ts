import type { Request } from 'express';
import type { Config } from '../config.js';

/** Where people reach this server, for links that leave it: as the settings say, else as this request came. */
export const originOf = (req: Request, { publicUrl }: Pick<Config, 'publicUrl'>): string =>
  publicUrl === undefined ? `${req.protocol}://${req.host}` : new URL(publicUrl).origin;
