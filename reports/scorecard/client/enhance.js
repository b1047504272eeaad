/** Filters, search, deep links and copying. The page is complete without any of it. */
(() => {
  const checks = [...document.querySelectorAll('details.check')];
  const form = document.getElementById('filters');

  function openTarget() {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    const details = target && target.closest('details.check');
    if (!details) return;
    details.hidden = false;
    details.open = true;
    details.scrollIntoView({ block: 'center' });
  }

  function chosen(name) {
    return [...form.querySelectorAll(`input[name="${name}"]:checked`)].map((input) => input.value);
  }

  function filter() {
    const facets = ['outcome', 'topic', 'level', 'dimension'].map((name) => [name, chosen(name)]);
    const words = form.querySelector('#search').value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const check of checks) {
      const text = words.length > 0 ? check.textContent.toLowerCase() : '';
      const fits =
        facets.every(([name, values]) => values.length === 0 || values.includes(check.dataset[name])) &&
        words.every((word) => text.includes(word));
      check.hidden = !fits;
      if (fits) shown += 1;
    }
    for (const section of document.querySelectorAll('#checks > .topic')) {
      section.hidden = !section.querySelector('.check:not([hidden])');
    }
    form.querySelector('#filter-state').textContent =
      shown === checks.length ? `All ${shown} checks` : `${shown} of ${checks.length} checks`;
  }

  function addCopyButton(block) {
    const text = block.textContent;
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'Copy';
    button.addEventListener('click', () => {
      navigator.clipboard.writeText(text).then(
        () => (button.textContent = 'Copied'),
        () => getSelection().selectAllChildren(block),
      );
    });
    block.append(button);
  }

  if (form) {
    form.hidden = false;
    form.addEventListener('input', filter);
    form.addEventListener('reset', () => setTimeout(filter));
    form.addEventListener('submit', (event) => event.preventDefault());
    filter();
  }
  if (navigator.clipboard) document.querySelectorAll('pre.copy').forEach(addCopyButton);
  addEventListener('hashchange', openTarget);
  // What a page puts in later.
  document.addEventListener('content-added', (event) => {
    if (navigator.clipboard) event.target.querySelectorAll('pre.copy').forEach(addCopyButton);
  });
  openTarget();
})();
