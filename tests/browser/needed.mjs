/** What `cargo xtask test` says in the environment. */
export function needed(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; "cargo xtask test" runs these tests and sets it`);
  return value;
}
