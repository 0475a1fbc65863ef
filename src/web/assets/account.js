// The personal account: installable, with panels that open in place and a wait that counts down silently.
import { result } from './result.js';
import { enhance, once, say } from './swap.js';
import { countDown } from './wait.js';

/** A page for when there is no network; what is anybody's own is never kept. */
function install() {
  const worker = document.querySelector('script[data-worker]')?.dataset.worker;
  if (!worker || !navigator.serviceWorker) return;
  const scope = worker.replace(/\/[^/]*$/, '');
  navigator.serviceWorker.register(worker, { scope }).catch(() => {});
}

/** *Copy address*, and what is said once it is done. */
function copy() {
  const button = document.getElementById('copy');
  if (!once(button, 'copy') || !navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(document.getElementById('feed').value);
    say(button.dataset.copied);
  });
}

enhance(result, countDown, copy);
install();
