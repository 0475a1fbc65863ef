// What is looked at inside a page: its layout, whatever it says. Each function runs in the page, on its own.

/** What must hold for every page in every look. */
export function layoutTroubles() {
  const troubles = [];
  const say = (trouble) => troubles.push(trouble);
  /** Pixels that the boxes of two lines may share: letters do not fill them. */
  const SHARED = 6;
  /** How high targets are: clients have thumbs, staff have many rows. */
  const LEAST = document.body.matches('.widget') ? 44 : 24;
  const all = (selector) => [...document.querySelectorAll(selector)];
  const called = (element) => element.outerHTML.replace(/\s+/g, ' ').slice(0, 120);

  const { scrollWidth } = document.documentElement;
  if (innerWidth < scrollWidth) say(`scrolls sideways: ${scrollWidth} px`);
  if (!document.documentElement.lang) say('names no language');
  if (!document.title.trim()) say('has no title');
  if (all('h1').length !== 1) say(`has ${all('h1').length} h1`);
  if (!all('h1').every((h1) => h1.textContent.trim())) say('has a heading that says nothing');

  // What nobody can point at: the twin of a button that Enter presses, and links that show when they are focused.
  const clipped = (element) => element.matches('.clipped, [tabindex="-1"][aria-hidden="true"]');
  const hidden = (element) => getComputedStyle(element).clipPath === 'inset(50%)' || !element.checkVisibility();
  const away = ({ width, height, left, right }) => width === 0 || height === 0 || right <= 0 || innerWidth <= left;
  // 2.5.8 leaves out a link within a sentence: its line says how high it is.
  const withinSentence = (element) =>
    element.matches('a') &&
    getComputedStyle(element).display === 'inline' &&
    element.textContent.trim().length < element.parentElement.textContent.trim().length;
  for (const element of all('a, button, input:not([type=hidden]), select, textarea, summary')) {
    const box = element.getBoundingClientRect();
    if (clipped(element) || away(box) || withinSentence(element)) continue;
    // A box is ticked by its words, too.
    const heights = [element, ...(element.labels ?? [])].map((target) => target.getBoundingClientRect().height);
    const height = /^(checkbox|radio)$/.test(element.type) ? Math.max(...heights) : box.height;
    if (box.width < 24 || height < LEAST) say(`is ${Math.round(box.width)} by ${Math.round(height)} px: ${called(element)}`);
    if (box.left < 0 || innerWidth < Math.floor(box.right)) say(`reaches out of the window: ${called(element)}`);
    if (element.tabIndex > 0) say(`is focused out of order: ${called(element)}`);
  }
  for (const element of all('label, p, li, h1, h2, h3, legend')) {
    const { width, height } = element.getBoundingClientRect();
    const words = element.textContent.trim();
    // Thirty letters in a column that is narrow and high stand one below the other.
    const squeezed = 30 < words.length && width < 100 && 200 < height;
    if (squeezed && !clipped(element)) say(`is squeezed to ${Math.round(width)} px: ${called(element)}`);
  }
  for (const element of all('input:not([type=hidden]), select, textarea')) {
    const named = (element.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id));
    const labels = [...element.labels, ...named].map((label) => label?.textContent.trim());
    if (!labels.some(Boolean)) say(`has no label: ${called(element)}`);
    // A box is drawn by the browser.
    const marked = element.type === 'checkbox' || getComputedStyle(element).borderTopWidth === '2px';
    if (element.ariaInvalid === 'true' && !marked) say(`is not marked as wrong: ${called(element)}`);
  }
  for (const link of all('.problems a[href^="#"]')) {
    const field = document.getElementById(link.hash.slice(1));
    const beside = (field?.getAttribute('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id));
    const told = beside.some((element) => element?.textContent.includes(link.textContent.trim()));
    // A row of dates says it in its own words.
    const typed = field?.matches('input:not([type=checkbox], [type=radio]), select, textarea');
    if (!field) say(`leads nowhere: ${called(link)}`);
    else if (typed && (field.ariaInvalid !== 'true' || !told)) say(`is wrong, and does not say so itself: ${called(field)}`);
  }
  cutOff();
  overlaps();
  return troubles;

  /** What does not fit into the box that it stands in. A field scrolls, and so does what is meant to. */
  function cutOff() {
    for (const element of all('body *:not(input, textarea, script, select, option, svg *)')) {
      const { clientWidth, scrollWidth } = element;
      const scrolls = getComputedStyle(element).overflowX === 'auto';
      if (scrolls || !clientWidth || scrollWidth <= clientWidth + 1 || clipped(element) || hidden(element)) continue;
      say(`shows ${clientWidth} of ${scrollWidth} px: ${called(element)}`);
    }
  }

  /** Words that lie on other words, except where something stays in view over what scrolls. */
  function overlaps() {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const lines = [];
    while (texts.nextNode()) {
      const { data, parentElement } = texts.currentNode;
      if (!data.trim() || parentElement.closest('.clipped, .skip, .bar, .targets, script, select')) continue;
      if (hidden(parentElement)) continue;
      const range = document.createRange();
      range.selectNodeContents(texts.currentNode);
      for (const { left, right, top, bottom } of range.getClientRects()) lines.push({ left, right, top, bottom, data });
    }
    lines.sort((one, other) => one.top - other.top);
    for (const [at, one] of lines.entries()) {
      for (let next = at + 1; next < lines.length && lines[next].top < one.bottom - SHARED; next += 1) {
        const other = lines[next];
        const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
        if (2 < across && one.data !== other.data) say(`"${one.data.trim()}" lies on "${other.data.trim()}"`);
      }
    }
  }
}

/** Gives all words two fifths more letters: no translation of English is much longer. */
export function lengthen() {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  globalThis.short = [];
  while (texts.nextNode()) {
    const node = texts.currentNode;
    const words = node.data.trimEnd();
    if (!words || node.parentElement.closest('script')) continue;
    globalThis.short.push([node, node.data]);
    const letters = words.match(/\p{L}/gu)?.length ?? 0;
    node.data = words + 'ö'.repeat(Math.ceil(letters * 0.4)) + node.data.slice(words.length);
  }
}

/** Takes back what `lengthen` did. */
export function shorten() {
  for (const [node, text] of globalThis.short) node.data = text;
}

/** Blocks that do not stand on the other side when the page is read from right to left. */
export function notMirrored() {
  const root = document.documentElement;
  const display = (element) => getComputedStyle(element).display;
  // The words on these pages still run from left to right, and so does what stands in a line with them.
  const inLine = (element) => /^inline/.test(display(element)) && /^(block|inline|list-item)$/.test(display(element.parentElement));
  const blocks = [...document.body.querySelectorAll('*:not(svg *, option, script)')].filter(
    (element) => element.checkVisibility() && !inLine(element) && !element.closest('.clipped, .skip'),
  );
  const boxes = () => blocks.map((block) => block.getBoundingClientRect());
  const [was, width, direction] = [boxes(), root.clientWidth, root.dir];
  root.dir = direction === 'rtl' ? 'ltr' : 'rtl';
  const is = boxes();
  root.dir = direction;
  const stays = new Map(blocks.map((block, at) => [block, 1 < Math.abs(was[at].left - (width - is[at].right))]));
  const first = blocks.filter((block) => stays.get(block) && !stays.get(block.parentElement));
  return first.map((block) => `is not mirrored: ${block.outerHTML.replace(/\s+/g, ' ').slice(0, 120)}`);
}
