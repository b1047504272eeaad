import { dockerProvider } from './docker.js';
import { lifecycle } from './lifecycle.js';

lifecycle(dockerProvider);
