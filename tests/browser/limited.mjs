import nodeTest from 'node:test';

/** A test that ends: whatever hangs, the run goes on after two minutes and says where. */
export const test = (name, scene) => nodeTest(name, { timeout: 120_000 }, scene);
