import { defineLoad } from 'assayer/kit';
import { deliverySteps } from './support/steps.js';

/** Writing: merges that are all new at first, and redeliveries once every one was sent. */
export default defineLoad({
  title: 'Deliveries of merged pull requests',
  seconds: 4,
  connections: 8,
  requests: (input) => deliverySteps(input, 4000),
});
