/** Opens the evidence of a check in its place. Without it a link leads to the same on a page of its own. */
(() => {
  async function load(details) {
    const link = details.querySelector('a.more');
    if (!details.open || !link || details.dataset.asked) return;
    details.dataset.asked = 'yes';
    const body = details.querySelector('.check-body');
    body.setAttribute('aria-busy', 'true');
    try {
      const answer = await fetch(`${link.href}?part=body`);
      if (!answer.ok) throw new Error(String(answer.status));
      body.innerHTML = await answer.text();
      body.dispatchEvent(new Event('content-added', { bubbles: true }));
    } catch {
      // The link that is there leads to a page that says what is wrong.
      delete details.dataset.asked;
    } finally {
      body.removeAttribute('aria-busy');
    }
  }

  for (const details of document.querySelectorAll('details.linked')) {
    details.addEventListener('toggle', () => load(details));
    if (details.open) load(details);
  }
})();
