// What the widget does beyond what a page does by itself.
import { contact } from './contact.js';
import { frame } from './frame.js';
import { list } from './list.js';
import { live } from './live.js';
import { result } from './result.js';
import { selection } from './selection.js';
import { enhance } from './swap.js';
import { countDown } from './wait.js';

enhance(list, selection, contact, countDown, result, frame, live);
