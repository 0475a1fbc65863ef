// The personal account: installable, with panels that open in place and a wait that counts down silently.
import { copy } from './copy.js';
import { result } from './result.js';
import { enhance } from './swap.js';
import { countDown } from './wait.js';

/** A page for when there is no network; what is anybody's own is never kept. */
function install() {
  const worker = document.querySelector('script[data-worker]')?.dataset.worker;
  if (!worker || !navigator.serviceWorker) return;
  const scope = worker.replace(/\/[^/]*$/, '');
  navigator.serviceWorker.register(worker, { scope }).catch(() => {});
}

enhance(result, countDown, copy);
install();
