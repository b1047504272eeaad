export { toComparisonCsv, toCsv } from './csv.js';
export { toJson } from './json.js';
export { toJunit } from './junit.js';
export { toMarkdown } from './markdown.js';
export { toSarif } from './sarif.js';
export { toTerminal } from './terminal.js';
