// What a page inside a frame tells the page around it: how high it is, which step it shows, that something was booked.
// Nothing of what anybody typed or booked goes along, so it may be told to any site.
import { keep, recall } from './memory.js';
import { once } from './swap.js';

const tell = (message) => parent.postMessage({ source: 'cartwheel', v: 1, ...message }, '*');

export function frame() {
  if (parent === window) return;
  if (once(document.documentElement, 'frame')) {
    document.documentElement.classList.add('framed');
    const page = document.querySelector('.page');
    const resized = () => tell({ type: 'resize', height: Math.ceil(page.getBoundingClientRect().height) });
    // Out of sight nothing is rendered and nothing observed: said once by itself, the frame grows before anybody looks.
    resized();
    new ResizeObserver(resized).observe(page);
    // Keys that are pressed in here are not heard out there.
    addEventListener('keydown', ({ key }) => key === 'Escape' && tell({ type: 'escape' }));
  }
  const { step } = document.querySelector('main').dataset;
  tell({ type: 'step', step });
  const booked = document.querySelector('[data-booked]');
  // A result page stays, and is looked at again.
  const told = `cartwheel:told:${location.pathname}`;
  if (!booked || recall(told)) return;
  keep(told, '1');
  tell({ type: 'booked', dates: Number(booked.dataset.booked) });
}
