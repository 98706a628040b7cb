/** Drawings of 24 by 24 that say nothing which is not written beside them. */

const PATHS = {
  heart: "M12 20.5s-7.5-4.6-7.5-10A4.3 4.3 0 0 1 12 7.6a4.3 4.3 0 0 1 7.5 2.9c0 5.4-7.5 10-7.5 10Z",
  pin: "M12 21s6.5-5.7 6.5-11a6.5 6.5 0 1 0-13 0c0 5.3 6.5 11 6.5 11ZM12 12.3a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6Z",
  bed: "M3.5 18.5v-12M3.5 15.5h17v3M20.5 15.5v-2.5a3 3 0 0 0-3-3H10v5.5M7 12.3a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3Z",
  bath: "M4 12.5h16v2a4 4 0 0 1-4 4H8a4 4 0 0 1-4-4v-2ZM6.5 12.5V6.2a2.2 2.2 0 0 1 4.2-.9M7 18.5 6.3 20.5M17 18.5l.7 2",
  area: "M4.5 4.5h15v15h-15zM4.5 10.5h4M4.5 14.5h2.5M10.5 4.5v4M14.5 4.5v2.5",
  calendar: "M5 6.5h14a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1v-11a1 1 0 0 1 1-1ZM4 10.5h16M8.5 4.5v3.5M15.5 4.5v3.5",
  clock: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM12 7.5V12l3 2",
  check: "m5 12.5 4.5 4.5L19 7.5",
  cross: "m6.5 6.5 11 11M17.5 6.5l-11 11",
  left: "m14.5 5.5-6.5 6.5 6.5 6.5",
  right: "m9.5 5.5 6.5 6.5-6.5 6.5",
  home: "M4 11.5 12 4.5l8 7M6 10v9h4.5v-5h3v5H18v-9",
  chat: "M5 5.5h14a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1h-7l-4.5 3.5V16.5H5a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1Z",
  lock: "M6.5 10.5h11a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1h-11a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1ZM8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5",
  alert: "M12 4.5 3.5 19.5h17L12 4.5ZM12 10v4.5M12 16.8v.4",
  spark: "M12 4.5l1.8 5.2 5.2 1.8-5.2 1.8L12 18.5l-1.8-5.2L5 11.5l5.2-1.8L12 4.5Z",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, filled = false }: { name: IconName; filled?: boolean }) {
  return (
    <svg class={filled ? "icon filled" : "icon"} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
