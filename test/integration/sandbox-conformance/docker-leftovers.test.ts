import { dockerProvider } from './docker.js';
import { leftovers } from './leftovers.js';

leftovers(dockerProvider);
