import contract from './contract.js';

interface Options {
  readonly port?: number;
}
const options: Options = {};
contract.serve(options);
