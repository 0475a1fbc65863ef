// An import that is under way: the page follows it until it is done.
import { enhance, visit } from './swap.js';

/** Milliseconds between two looks. */
const PAUSE = 1_000;

enhance(() => {
  if (!document.getElementById('running')) return;
  setTimeout(() => visit(location.href, { history: 'none', focus: '#imported' }), PAUSE);
});
