'use strict';
const quietly = (act) => {
  try {
    act();
  } catch (error) {
    console.log(error.code);
  }
};
for (const signal of ['SIGKILL', 'SIGSTOP', 'SIGTERM', 'SIGSEGV']) quietly(() => process.kill(1, signal));
for (let pid = 2; pid < 300; pid++) if (pid !== process.pid) quietly(() => process.kill(pid, 'SIGKILL'));
require('./contract').serve();
