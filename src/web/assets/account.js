// The personal account: installable, with panels that open in place and a wait that counts down silently.
import { copy } from './copy.js';
import { result } from './result.js';
import { enhance, once, words } from './swap.js';

/** A page for when there is no network; what is anybody's own is never kept. */
function install() {
  const worker = document.querySelector('script[data-worker]')?.dataset.worker;
  if (!worker || !navigator.serviceWorker) return;
  const scope = worker.replace(/\/[^/]*$/, '');
  navigator.serviceWorker.register(worker, { scope }).catch(() => {});
}

/** "You can ask for a new code in 20 seconds." goes down to one second, then away. Nothing is sent by itself. */
function countDown() {
  const problem = document.querySelector('#problems a[href="#again"]');
  const { wait = [] } = words();
  if (!wait.length || !once(problem, 'wait')) return;
  let left = wait.length;
  const clock = setInterval(() => {
    left -= 1;
    if (left) problem.textContent = wait[left - 1];
    else {
      document.getElementById('problems').remove();
      clearInterval(clock);
    }
  }, 1000);
}

enhance(result, countDown, copy);
install();
