// <cartwheel-widget src="https://book.example/w/…">: a booking widget on a studio's own page.
//
// The widget is a frame, so that neither page reads the other. Around it is a shadow tree with a style sheet made by
// script: styles of the host page do not reach it, and a strict content security policy does not stop it. That policy
// has to allow this script and the frame: script-src and frame-src with the origin of this file.

const SANDBOX = 'allow-scripts allow-forms allow-same-origin allow-popups allow-popups-to-escape-sandbox'
  + ' allow-downloads allow-top-navigation-by-user-activation';
const LABELS = { de: 'Online buchen', es: 'Reservar en línea', ru: 'Записаться онлайн' };
const CLOSE = { de: 'Schließen', es: 'Cerrar', ru: 'Закрыть' };
const ALONG = ['lang', 'theme', 'accent'];
/** Milliseconds until a frame that says nothing counts as one that did not load. */
const PATIENCE = 15_000;

const styles = new CSSStyleSheet();
styles.replaceSync(`
:host { all: initial !important; display: block !important; contain: layout; font: 16px/1.5 system-ui, sans-serif !important; }
:host([hidden]) { display: none !important; }
:host([mode="popup"]) { display: inline-block !important; }
iframe { display: block; inline-size: 100%; block-size: 480px; border: 0; color-scheme: normal; }
.waiting { display: grid; place-items: center; block-size: 480px; }
.waiting + iframe { position: absolute; visibility: hidden; }
a, button { font: inherit; color: #fff; background: var(--cartwheel-accent, #0f6b5f); border: 1px solid #fff; border-radius: 8px; padding: 10px 20px; text-decoration: none; cursor: pointer; }
a:focus-visible, button:focus-visible { outline: 3px solid #fff; box-shadow: 0 0 0 6px #000; }
:host([mode="floating"]) > button, .floating { position: fixed; inset-block-end: 24px; inset-inline-end: 24px; z-index: 2147483000; box-shadow: 0 2px 8px #0006; }
dialog { inline-size: min(720px, 100vw); max-inline-size: none; block-size: min(900px, 100dvh); max-block-size: none; padding: 0; border: 0; border-radius: 8px; overflow: hidden auto; background: #fff; }
dialog::backdrop { background: #0008; }
dialog button { position: sticky; inset-block-start: 8px; margin: 8px; float: inline-end; z-index: 1; }
`);

class CartwheelWidget extends HTMLElement {
  static observedAttributes = ['src', ...ALONG];
  #root = this.attachShadow({ mode: 'open' });
  #frame;
  #step;
  #waiting;

  connectedCallback() {
    this.#root.adoptedStyleSheets = [styles];
    addEventListener('message', this.#hear);
    this.#build();
  }

  disconnectedCallback() {
    removeEventListener('message', this.#hear);
    clearTimeout(this.#waiting);
  }

  attributeChangedCallback(_, was, is) {
    if (this.#root.childNodes.length && was !== is) this.#build();
  }

  /** Opens the dialog of a popup or a floating button. */
  open() {
    const dialog = this.#root.querySelector('dialog');
    if (!dialog || dialog.open) return;
    if (!this.#frame) this.#load(dialog);
    dialog.showModal();
  }

  close() {
    this.#root.querySelector('dialog')?.close();
  }

  #build() {
    this.#root.replaceChildren();
    this.#frame = undefined;
    if (!this.#address()) return;
    if (this.getAttribute('mode') === 'popup' || this.getAttribute('mode') === 'floating') this.#button();
    else this.#load(this.#root);
  }

  /** The widget's address, with what rides along; nothing if there is none. */
  #address() {
    const src = this.getAttribute('src');
    if (!src || !URL.canParse(src, document.baseURI)) return undefined;
    const address = new URL(src, document.baseURI);
    if (!/^https?:$/.test(address.protocol)) return undefined;
    const accent = this.getAttribute('accent') ?? getComputedStyle(this).getPropertyValue('--cartwheel-accent').trim();
    const values = { lang: this.lang || undefined, theme: this.getAttribute('theme'), accent };
    for (const name of ALONG) if (values[name]) address.searchParams.set(name, values[name]);
    return address;
  }

  #text(of, english) {
    return of[(this.lang || document.documentElement.lang).slice(0, 2)] ?? english;
  }

  #label() {
    return this.getAttribute('label') ?? this.#text(LABELS, 'Book online');
  }

  #button() {
    const button = document.createElement('button');
    Object.assign(button, { type: 'button', textContent: this.#label() });
    button.setAttribute('part', 'button');
    const dialog = document.createElement('dialog');
    dialog.setAttribute('aria-label', this.#label());
    const close = document.createElement('button');
    Object.assign(close, { type: 'button', textContent: this.#text(CLOSE, 'Close') });
    close.addEventListener('click', () => dialog.close());
    button.addEventListener('click', () => this.open());
    dialog.append(close);
    this.#root.append(button, dialog);
  }

  #load(place) {
    const address = this.#address();
    const waiting = document.createElement('div');
    waiting.className = 'waiting';
    const link = document.createElement('a');
    Object.assign(link, { href: address, textContent: this.#label(), target: '_top' });
    waiting.append(link);
    const frame = document.createElement('iframe');
    frame.setAttribute('sandbox', SANDBOX);
    Object.assign(frame, { title: this.#label(), loading: place === this.#root ? 'lazy' : 'eager', src: address });
    place.append(waiting, frame);
    this.#frame = frame;
    this.#step = undefined;
    clearTimeout(this.#waiting);
    frame.addEventListener('load', () => {
      clearTimeout(this.#waiting);
      this.#waiting = setTimeout(() => waiting.isConnected && this.#tell('error', {}), PATIENCE);
    });
  }

  #hear = ({ data, origin, source }) => {
    const frame = this.#frame;
    if (!frame || source !== frame.contentWindow || origin !== this.#address()?.origin) return;
    if (data?.source !== 'cartwheel' || data.v !== 1) return;
    // Whatever it says, it is there.
    clearTimeout(this.#waiting);
    this.#root.querySelector('.waiting')?.remove();
    if (data.type === 'resize' && data.height > 0) frame.style.blockSize = `${Math.ceil(data.height)}px`;
    if (data.type === 'escape') this.close();
    if (data.type === 'step') this.#turn(data.step);
    if (['step', 'booked', 'error'].includes(data.type)) {
      const { source: _, v, type, ...detail } = data;
      this.#tell(type, detail);
    }
  };

  /** A new page begins at its top, also where the frame's is out of sight. */
  #turn(step) {
    const turned = this.#step && this.#step !== step;
    this.#step = step;
    if (turned && this.getBoundingClientRect().top < 0) this.scrollIntoView({ block: 'start' });
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(`cartwheel:${type}`, { detail, bubbles: true, composed: true }));
  }
}

if (!customElements.get('cartwheel-widget')) customElements.define('cartwheel-widget', CartwheelWidget);
