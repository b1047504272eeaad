/** Brings the part of the page that changes up to date while something runs. Without it the page is loaded again. */
(() => {
  const EVERY_MS = 2500;
  let part = document.getElementById('follow');

  async function look() {
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const fresh = page.getElementById('follow');
    if (!fresh) return;
    // What is over has more to show than the part that was followed.
    if (!fresh.dataset.follow) return location.reload();
    if (fresh.innerHTML !== part.innerHTML) {
      part.replaceWith(fresh);
      part = fresh;
    }
  }

  if (part && part.dataset.follow) {
    setInterval(() => document.visibilityState === 'visible' && look().catch(() => undefined), EVERY_MS);
  }
})();
