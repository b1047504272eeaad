import { dockerProvider } from './docker.js';
import { isolation } from './isolation.js';

isolation(dockerProvider);
