/** Opens the evidence of a check in its place. Without it a link leads to the same on a page of its own. */
(() => {
  async function load(details) {
    const address = details.dataset.more;
    if (!details.open || !address) return;
    delete details.dataset.more;
    const body = details.querySelector('.check-body');
    body.setAttribute('aria-busy', 'true');
    try {
      const answer = await fetch(`${address}?part=body`);
      if (!answer.ok) throw new Error(String(answer.status));
      body.innerHTML = await answer.text();
      body.dispatchEvent(new Event('content-added', { bubbles: true }));
    } catch {
      // The link that is there leads to a page that says what is wrong.
      details.dataset.more = address;
    } finally {
      body.removeAttribute('aria-busy');
    }
  }

  for (const details of document.querySelectorAll('details.check[data-more]')) {
    details.addEventListener('toggle', () => load(details));
    if (details.open) load(details);
  }
})();
