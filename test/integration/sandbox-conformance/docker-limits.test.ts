import { dockerProvider } from './docker.js';
import { limits } from './limits.js';

limits(dockerProvider);
