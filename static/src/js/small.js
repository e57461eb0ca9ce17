// Short notes on this device. A private window may refuse them: then there are none.
const tried = act => { try { return act() } catch { return null } };
export const small = {
  get: key => tried(() => localStorage.getItem(key)),
  set: (key, value) => tried(() => localStorage.setItem(key, value)),
  drop: key => tried(() => localStorage.removeItem(key)),
};
