/** Keeps a page of figures up to date without moving anything: nobody may be reading with the keyboard in it meanwhile. */
(() => {
  const EVERY_MS = 10_000;
  const main = document.querySelector('main');

  async function refresh() {
    if (document.hidden || (main.contains(document.activeElement) && document.activeElement !== main)) return;
    try {
      const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
      // Signed out meanwhile: the page as it was says more than the form to sign in.
      if (!answer.ok || answer.redirected) return;
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      main.replaceChildren(...page.querySelector('main').childNodes);
    } catch {
      // The server is away; the next time may be better.
    }
  }

  setInterval(refresh, EVERY_MS);
})();
