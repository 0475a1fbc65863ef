// Stands in for the network when there is none. It keeps the files that are named above, and nothing of anybody.
const NAME = `offline-${KEPT.join()}`;
const [OFFLINE] = KEPT;

self.addEventListener('install', (event) => {
  // Without cookies: the page must not know who asked for it.
  const requests = KEPT.map((address) => new Request(address, { credentials: 'omit', cache: 'reload' }));
  event.waitUntil(caches.open(NAME).then((kept) => kept.addAll(requests)));
  self.skipWaiting();
});

self.addEventListener('activate', (event) => {
  const { scope } = self.registration;
  const own = async () => {
    for (const name of await caches.keys()) {
      const ours = name.includes(new URL(scope).pathname);
      if (ours && name !== NAME) await caches.delete(name);
    }
    await self.clients.claim();
  };
  event.waitUntil(own());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { pathname } = new URL(request.url);
  const asked = request.mode === 'navigate' && request.method === 'GET' ? OFFLINE : KEPT.find((it) => it === pathname);
  if (!asked) return;
  const kept = async (trouble) => (await caches.match(asked, { cacheName: NAME })) ?? Promise.reject(trouble);
  event.respondWith(fetch(request).catch(kept));
});
