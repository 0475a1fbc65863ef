// *Copy*: a button beside something that people take elsewhere. Without a clipboard there is no button.
import { once, say } from './swap.js';

export function copy() {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll('button[data-copies]')) {
    if (!once(button, 'copy')) continue;
    button.hidden = false;
    button.addEventListener('click', async () => {
      const what = document.getElementById(button.dataset.copies);
      await navigator.clipboard.writeText(what.href ?? what.value ?? what.textContent);
      say(button.dataset.copied);
    });
  }
}
