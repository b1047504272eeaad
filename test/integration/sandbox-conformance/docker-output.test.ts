import { dockerProvider } from './docker.js';
import { output } from './output.js';

output(dockerProvider);
