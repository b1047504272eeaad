/** Follows a run as it goes: stages, checks and output. Without it the page loads itself again every few seconds. */
(() => {
  const live = document.getElementById('live');
  if (!live || !live.dataset.events || !window.EventSource) return;
  const byId = (id) => document.getElementById(id);
  const log = byId('log');
  const MAX_LINES = 400;
  const words = {
    pass: 'Passed',
    fail: 'Failed',
    partial: 'In part',
    notApplicable: 'Not applicable',
    inconclusive: 'Inconclusive',
    error: 'Not measured',
    running: 'Running',
  };
  const source = new EventSource(`${live.dataset.events}?after=${live.dataset.after}`);
  const start = Date.now() - parseElapsed(byId('elapsed').textContent);
  const on = (type, handle) => source.addEventListener(type, (event) => handle(JSON.parse(event.data)));

  /** `12 s`, `4 min` or `1 h 2 min` in milliseconds. */
  function parseElapsed(text) {
    const part = (unit) => Number((text.match(new RegExp(`(\\d+) ${unit}\\b`)) || [0, 0])[1]);
    return ((part('h') * 60 + part('min')) * 60 + part('s')) * 1000;
  }

  function elapsed() {
    const seconds = Math.floor((Date.now() - start) / 1000);
    const minutes = Math.floor(seconds / 60);
    byId('elapsed').textContent = minutes === 0 ? `${seconds} s` : `${minutes} min ${seconds % 60} s`;
  }

  function duration(ms) {
    return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
  }

  function stage(name, state, took) {
    const row = live.querySelector(`[data-stage="${name}"]`);
    if (!row) return;
    row.dataset.state = state;
    row.querySelector('.stage-word').textContent = state;
    row.querySelector('.stage-took').textContent = took;
    byId('announce').textContent = `${row.querySelector('.stage-name').textContent}: ${state}`;
  }

  function check(id, outcome) {
    const row = [...live.querySelectorAll('[data-check]')].find((one) => one.dataset.check === id);
    if (!row) return;
    row.className = `tone-${outcome}`;
    row.querySelector('use').setAttribute('href', `#icon-${outcome}`);
    row.querySelector('.outcome').textContent = words[outcome];
  }

  function count() {
    const progress = byId('progress');
    if (!progress) return;
    const done = [...live.querySelectorAll('[data-check]')].filter(
      (row) => !/tone-(open|running)$/.test(row.className),
    ).length;
    progress.value = done;
    byId('progress-words').textContent = `${done} of ${progress.max}`;
  }

  function line(text) {
    const atEnd = log.scrollTop + log.clientHeight >= log.scrollHeight - 8;
    const lines = log.textContent === '' ? [] : log.textContent.split('\n');
    log.textContent = [...lines, text].slice(-MAX_LINES).join('\n');
    if (atEnd) log.scrollTop = log.scrollHeight;
  }

  on('stageStarted', (event) => stage(event.stage, 'running', ''));
  on('stageFinished', (event) => stage(event.stage, 'done', duration(event.ms)));
  on('checkStarted', (event) => check(event.checkId, 'running'));
  on('checkFinished', (event) => {
    check(event.checkId, event.outcome);
    count();
  });
  on('log', (event) => line(event.line));
  // Another attempt begins at the beginning, and an end has a page of its own.
  for (const type of ['started', 'requeued', 'finished']) on(type, () => location.reload());
  addEventListener('pagehide', () => source.close());
  setInterval(elapsed, 1000);
  log.scrollTop = log.scrollHeight;
})();
