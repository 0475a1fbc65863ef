// A wait for another code that counts down silently, in the account and before a booking.
import { once, words } from './swap.js';

/** "You can ask for a new code in 20 seconds." goes down to one second, then away. Nothing is sent by itself. */
export function countDown() {
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
