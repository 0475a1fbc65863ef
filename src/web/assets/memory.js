// What a tab remembers until it is closed. A browser may deny it to a frame of another site: then it forgets.

function storage() {
  try {
    return sessionStorage;
  } catch {
    return undefined;
  }
}

export function recall(key) {
  return storage()?.getItem(key) ?? undefined;
}

export function keep(key, value) {
  try {
    storage()?.setItem(key, value);
  } catch {
    // It is full: nothing that a page needs is lost.
  }
}

/** Forgets everything whose key begins like this. */
export function forget(prefix) {
  const all = storage();
  if (!all) return;
  Object.keys(all).filter((key) => key.startsWith(prefix)).forEach((key) => all.removeItem(key));
}
